"""The kinds of analysis; none knows another."""
