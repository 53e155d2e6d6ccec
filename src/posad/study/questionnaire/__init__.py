"""The questionnaire: written as in Word, read into values.

To add a kind of question: 1. ``Kind`` in ``values``; 2. its machine words in ``reading.machine_words``; 3. mypy then names every
``match`` that must learn it (they end with ``assert_never``).
"""
