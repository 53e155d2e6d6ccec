"""Reading the study's own files: plain text, YAML, CSV, Markdown. Every mistake comes back with its place."""
