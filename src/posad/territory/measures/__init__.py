"""Gaps between territories in official figures: how wide they are, what lies between types and within them, whether they narrow.

These figures cover all territories and have no sampling error; the measures are those of the OECD and of Eurofound.

To add a measure: 1. a function of values and people in ``spreads`` (or of two periods in ``convergence``), with its formula, its
source and the values it isn't defined for; 2. its row in ``gaps.SPREADS``; 3. its name in both languages in ``wording``; 4. a fixture
counted by hand and its properties in ``tests/territory/test_measures.py``; 5. its paragraph in ``docs/explanation/gaps.md``.
"""
