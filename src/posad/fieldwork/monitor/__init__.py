"""The monitor of a running field: an application of its own on a port of its own, for those who run it.

``figures`` counts, ``accounts`` lets people in, ``pages`` shows, ``app`` puts them together. It holds no answers and changes nothing
but pauses.
"""
