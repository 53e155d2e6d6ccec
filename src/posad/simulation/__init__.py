"""Respondents made from targets: a page of settings and a table of numbers become answers of people who never were.

``reading`` reads the targets, ``people`` draws the sample and its weights, ``solving`` finds answers that meet every target,
``making`` puts the questions in order, ``writing`` writes the answers with their manifest, ``standing`` tells what each number of
simulated answers stands on, ``rehearsal`` draws answers that mean nothing, to try a questionnaire out.

To add a kind of target: 1. its check in ``reading``; 2. its row in ``solving.core`` or ``solving.several``; 3. a test by hand.
"""
