"""Kinds of analysis about towns and those who live in them: small domains, trends, moving, services."""
