"""From raw answers to usable ones: code, clean with a log, derive, weigh."""
