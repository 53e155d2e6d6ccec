"""The command ``field``: the study goes out to its respondents, and their answers come home.

To add a command: 1. a file here with a click command; 2. its line in ``group.COMMANDS``; 3. its page in the reference of commands.
"""
