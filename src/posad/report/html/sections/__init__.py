"""Parts of the page that follow from the study itself: its method, its plan, its questionnaire with results."""
