"""The sample: allocation of interviews, quota tables, errors before the field, drawing of towns, the recruitment brief.

To add a rule of allocation: 1. its name in ``study.frame.plan.shapes`` and what it needs in ``reading``; 2. its weights in
``allocation.weights_of``; 3. a test on a case counted by hand; 4. its line in ``docs/explanation/sampling.md``.
"""
