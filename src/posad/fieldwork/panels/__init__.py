"""Panels: people come in with the panel's id, leave to the panel's address for their status, and the panel's server is told.

A panel is declared in field.yaml; ``reading`` says how. To add a way of telling a panel: 1. a case in ``exits``; 2. its words in
the reference of exits.
"""
