"""The steps themselves: raw answers to weighted ones, books of tables, checked chapters, the report."""
