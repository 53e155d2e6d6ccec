"""Words as what a sentence stands on: quotes with their passports."""
