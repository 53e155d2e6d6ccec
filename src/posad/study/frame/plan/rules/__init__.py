"""Rules over the frame, as data: what a condition may name, classes of position, strategies.

To add a name that rules may use: 1. its item in ``scope.frame_scope``; 2. its column in
``posad.territory.position.columns.engine_of``; 3. its line in ``docs/reference/territory-rules.md``.
"""
