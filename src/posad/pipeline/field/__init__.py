"""Fieldwork on a study's folder: rehearsed, forecast, looked through for doubtful interviews.

To add a verb: 1. a file here that takes a folder and returns values with problems; 2. its command in ``cli.field``.
"""
