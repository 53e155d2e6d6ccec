"""Companies in messages, by a table of their names: spellings, slang, and what shows that a word is a name.

To add a name: a row in ``aliases.csv`` (a study may bring rows of its own): ``company``, ``alias``, ``forms`` (``;`` between cases that
are not made rightly), ``guard``: empty for a name that is nothing else, ``word`` for one that is also a word.
"""

from posad.words.companies.finding import Aliases, aliases, companies_of

__all__ = ["Aliases", "aliases", "companies_of"]
