"""The databases a ledger can live in, each behind the same protocol; one file each."""
