"""Foreign formats, one file each, none knowing another.

To add one: 1. a module here with ``read(path, name, sheet) -> (RawTable or None, problems)``; 2. its extension and the
first bytes by which it is known, in :mod:`posad.exchange.reading`; 3. a test that reads a file made on the spot.
"""
