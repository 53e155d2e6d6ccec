"""Chapters to pages: the only room that draws and writes publications."""
