"""A study folder to one frozen value, with every mistake in every file at its place.

``whole`` reads the files in order; each file's reader stands beside it; ``shapes`` says what the YAML files look like.

To add a file: 1. its shape in ``shapes`` and its value in ``posad.study.plans.values``; 2. a reader that returns the value and its problems;
3. a line in ``whole``; 4. its name in ``facts`` and in ``posad.study.scaffold.schema``.
"""

from posad.study.folder.whole import read_study

__all__ = ["read_study"]
