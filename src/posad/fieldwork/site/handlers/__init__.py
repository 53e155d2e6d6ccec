"""Who answers which request: people who come in, pages of questions, ends, territories looked up."""
