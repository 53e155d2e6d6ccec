"""What the respondent sees: values for the templates, the templates, the fixed words, the style."""
