"""Analyses above the tables: one independent file (or room) for each kind; declare, compute, say.

To add a kind: 1. a file or room in ``kinds`` whose ``KIND`` has a shape for its YAML file, ``declare``, ``compute`` and words for its
method; 2. its line in ``declaring.KINDS``; 3. its page in ``docs/explanation/analyses``; 4. a study in ``tests/analysis``.
"""
