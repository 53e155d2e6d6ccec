"""Doubtful interviews: marked, shown to the cleaning meeting, reported with and without; nothing is deleted by itself.

``tracing`` tells from the ledger how each interview went; ``speed``, ``lines``, ``doubles`` and ``contradictions`` look for one kind
of doubt each; ``flagging`` puts them together; ``cases`` is the sheet of the meeting, ``effects`` what the results would be without
the marked ones, ``topline`` the questionnaire with the results so far.

To add a kind of doubt: 1. a function here from traces to findings; 2. its line in ``flagging.KINDS``; 3. its words in ``cases``.
"""
