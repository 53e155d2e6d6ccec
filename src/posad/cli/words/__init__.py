"""Commands about words: interviews."""
