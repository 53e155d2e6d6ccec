"""The respondent's pages: what the questionnaire looks like in a browser, without a script, at any width."""
