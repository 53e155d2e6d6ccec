"""Territories on a page: a name typed becomes the only territory that has it, or a list to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from posad.fieldwork.site.forms import SEARCH, Form, single
from posad.fieldwork.site.places import SHOWN, Finder
from posad.fieldwork.site.showing.views import Found
from posad.fieldwork.site.showing.wording import words_in
from posad.study.questionnaire.values import Item


def looked_up(
    finder: Finder, items: Sequence[Item], form: Form, language: str
) -> tuple[dict[str, Sequence[str]], dict[str, Found]]:
    """Return a form with territories in place of names that only one has, and what was found of the other names.

    A territory that was chosen stands when what was typed leads to it; one that was chosen before, under another name, does not.
    """
    known = dict(form)
    found: dict[str, Found] = {}
    for item in items:
        name = item.column + SEARCH
        typed, chosen = (single(form, name) or "").strip(), (single(form, item.column) or "").strip()
        if single(form, "_find") == item.column:
            found[item.column] = _found(finder, typed, language)
        elif typed and not _stands(finder, typed, chosen):
            one = finder.exact(typed)
            if one is not None:
                known[item.column] = [one.id]
            else:
                found[item.column] = _found(finder, typed, language)
        known.pop(name, None)
    return known, found


def _stands(finder: Finder, typed: str, chosen: str) -> bool:
    """Tell whether a choice is to be judged as it is: what was typed leads to it, or it is no territory at all."""
    if not chosen:
        return False
    return finder.by_id(chosen) is None or any(p.id == chosen for p in finder.find(typed))


def _found(finder: Finder, typed: str, language: str) -> Found:
    w = words_in(language)
    places = finder.find(typed)
    if not places:
        return Found((), w["place-none"], typed)
    note = w["place-many"].format(shown=SHOWN, found=len(places)) if len(places) > SHOWN else w["place-found"]
    return Found(tuple((p.id, p.label(language)) for p in places[:SHOWN]), note, typed)


def chosen_places(
    finder: Finder, items: Sequence[Item], saved: Mapping[str, object], form: Form | None, language: str
) -> dict[str, Found]:
    """Return the territories that are chosen already, so that the page shows them by name."""
    kept: dict[str, Found] = {}
    for item in items:
        given = saved.get(item.column) if form is None else next(iter(form.get(item.column, ())), "")
        place = finder.by_id(str(given)) if given else None
        if place is not None:
            kept[item.column] = Found(((place.id, place.label(language)),))
    return kept
