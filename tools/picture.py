"""Photograph the report of the study of 1996 for the README; run it after ``make demo`` when the report's looks have changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "studies/anes-1996/build/report/index.html"
PICTURE = ROOT / "docs/pictures/report.png"
LARGEST = 150 * 1024
WIDTH, HEIGHT = 1000, 700


def main() -> int:
    """Open the report, press a number so that its passport is seen, and save the picture."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", reduced_motion="reduce"
        )
        page.goto(REPORT.as_uri())
        number = page.locator("#en main p button.n", has_text="44%").first  # the first below a chart
        number.evaluate("n => window.scrollTo(0, n.getBoundingClientRect().top + window.scrollY - 410)")
        number.click()
        page.wait_for_timeout(500)
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()
    size = PICTURE.stat().st_size
    print(f"{PICTURE.relative_to(ROOT)}: {size // 1024} KB")
    return int(size > LARGEST)


if __name__ == "__main__":
    raise SystemExit(main())
