"""Photograph the respondent's pages of the study of platforms for the documentation, on a phone and on a wide screen."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
STUDY = ROOT / "studies/platforms-2025"
PICTURES = {"site-phone": (390, 780, "firms"), "site": (1000, 700, "like_city")}
LARGEST = 150 * 1024


def answer(page: Page) -> None:
    """Answer every question of a page by its first answers."""
    names = page.evaluate("[...new Set([...document.querySelectorAll('main input, main textarea')].map(e => e.name))]")
    for name in names:
        if name.startswith("_") or name.endswith("__text"):
            continue
        inputs = page.locator(f'main [name="{name}"]')
        kind = inputs.first.evaluate("e => e.type")
        if kind in ("radio", "checkbox"):
            inputs.nth(min(len(name) % 7, inputs.count() - 1)).check()
        elif name.endswith("__search"):
            inputs.fill("Udomlya")
        else:
            inputs.first.fill("40" if inputs.first.get_attribute("inputmode") else "Хорошо")


def main() -> int:
    """Serve a copy of the study, walk to each page, save its picture."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(shutil.copytree(STUDY, Path(place) / "study", ignore=shutil.ignore_patterns("build", "answers")))
        command = [str(Path(sys.executable).parent / "posad"), "field", "serve", str(folder), "--port", "0", "--json"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert server.stdout is not None
        address = json.loads(server.stdout.readline())["entries"]["open"]
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, (width, height, wanted) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
            page.goto(f"{address}?lang=ru")
            page.locator("main button").first.click()
            for _ in range(20):
                if page.url.endswith(wanted):
                    break
                answer(page)
                page.locator("main button[name=_go]").first.click()
                page.wait_for_load_state()
            answer(page)
            page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
            page.screenshot(path=ROOT / f"docs/pictures/{name}.png")
            page.close()
        browser.close()
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
    sizes = {name: (ROOT / f"docs/pictures/{name}.png").stat().st_size for name in PICTURES}
    print(", ".join(f"{name}: {size // 1024} KB" for name, size in sizes.items()))
    return int(max(sizes.values()) > LARGEST)


if __name__ == "__main__":
    raise SystemExit(main())
