"""Interviews from other programs and for them: REFI-QDA projects and codebooks, Taguette, plain tables, documents of transcripts.

What is exchanged are the values of ``study.words.interviews``; codings go out and come in by position, as segments.

To add a format: 1. a file or room here that reads into :class:`values.Incoming` or writes from ``Interviews`` and segments; 2. its line
in ``pipeline/words``; 3. a test that goes there and back; 4. its paragraph in ``docs/how-to/interviews.md``.
"""
