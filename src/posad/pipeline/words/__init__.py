"""Words as evidence, composed: interviews read, found again, checked, exchanged."""
