"""From Markdown to a questionnaire: lines, machine lines with their words, questions built from them, the whole file."""
