"""What a frame bears: its counts as numbers with passports, and maps of it as specifications.

To add a measure of the frame: 1. a word in ``counts.MEASURES``; 2. its case in ``counts._value``; 3. a line in the docs of addresses; 4. a
test. To add a grouping of territories: 1. a case in ``groups.groups_of``; 2. a test.
"""
