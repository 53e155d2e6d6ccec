"""A study's field before it begins: rehearsed by invented respondents, and forecast."""
