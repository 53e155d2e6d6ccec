"""The folder ``interviews`` as one frozen value: plan, guide, codebook, cases, transcripts, codings, quotes, memos.

To add a file: 1. its value in ``values``; 2. its shape in ``shapes`` where it is YAML; 3. a reader in a file here and its call in
``reading``; 4. its problems in ``core/catalogue/interviews.py``; 5. its paragraph in ``docs/reference/interviews.md``.
"""
