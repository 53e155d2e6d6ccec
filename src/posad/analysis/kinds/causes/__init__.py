"""What would be, if; what goes with what in which order; what a difference consists of: none of them proves a cause, and each says so.

``labels`` are the three names a result may bear, ``sensitivity`` how strong something unmeasured would have to be; a kind is a room.
"""
