"""Answers that meet every target: maximum entropy for linked questions, rank cuts of latent factors, several answers under a limit."""
