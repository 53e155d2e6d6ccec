"""Sphinx settings: warnings are errors, see `make docs`."""

from posad import __version__

project = "posad"
author = "The posad authors"
copyright = "2026, the posad authors"
release = version = __version__
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"posad {release}"
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nitpicky = True
suppress_warnings = ["misc.highlighting_failure"]
