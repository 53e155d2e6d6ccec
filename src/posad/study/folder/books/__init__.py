"""cleaning.yaml and tables.yaml: rules, books, their style."""
