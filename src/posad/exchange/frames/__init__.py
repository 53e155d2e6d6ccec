"""Official tables of towns, one file for each format: local files in, columns named as the frame names them out.

A reader never fetches anything and never guesses a date: what it knows of a file (whose census it holds, which signs stand for
"no data") it says, and what it does not know it asks for.

To add a format: 1. a module here with ``read(paths, wishes) -> (Imported or None, problems)``; 2. its name in
``posad.pipeline.territory.importing``; 3. a test that reads a file made on the spot; 4. its row in ``docs/reference/frame.md``.
"""
