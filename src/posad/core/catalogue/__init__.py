"""Every problem posad can name, in two languages, by topic."""
