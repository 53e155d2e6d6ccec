"""Towns and regions in messages: the study's frame is the gazetteer, inflected, looked up in one pass, homonyms guarded.

To add a form that is made wrong: a row in ``overrides.csv``. To add a guard: a rule in ``guarding``, and sentences that show it.
"""
