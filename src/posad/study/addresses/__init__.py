"""One address for any number: ``question.net@variable:group``.

Grammar (no spaces, safe inside a Markdown link and a table)::

    address    = term [ "/" term | "-" term ]          ratio or difference of two estimates
    term       = subject [ "@" variable ":" groups ] [ "~" wave ]
    groups     = group [ "/" group | "-" group ]        sugar: the same subject in two groups, the first is the one spoken of
    subject    = item [ "." measure ]
    measure    = code | low "-" high | code "," code … | net | "mean" | "n" | "base" | "effective"
    item       = question | question "." row [ "." criterion ] | variable

A ``-`` before a letter is a difference, before a digit a range of codes. Behind a group, a bare word is a second group.
A wave stands behind the groups and holds for both. Only a question that asks for a number may stand without a measure (its mean).
"""

from posad.study.addresses.definition import definition_digest
from posad.study.addresses.grammar import address_text, parse_address
from posad.study.addresses.naming import address_of, canonical, group_name
from posad.study.addresses.resolving import resolve
from posad.study.addresses.values import Address, Measure, Resolved, ResolvedTerm, Term

__all__ = [
    "Address",
    "Measure",
    "Resolved",
    "ResolvedTerm",
    "Term",
    "address_of",
    "address_text",
    "canonical",
    "definition_digest",
    "group_name",
    "parse_address",
    "resolve",
]
