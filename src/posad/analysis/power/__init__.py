"""What a declared analysis could show before anybody is asked: the smallest detectable difference of each of its comparisons, its power.

``values`` is what is assumed and told, ``comparing`` says what each kind of analysis compares, ``judging`` judges it.
"""
