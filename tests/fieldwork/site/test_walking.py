"""The way through an interview: pages, saving, going back, two windows, resuming, consent, withdrawal, versions."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.fieldwork.site.kinds import FILES, WITH_CONSENT
from tests.fieldwork.site.visitor import Fields, Site, fields_of, open_site, walk

from posad.fieldwork.values import Status

Study = Callable[[dict[str, str]], Path]


@pytest.fixture
def site(study_of: Study, tmp_path: Path) -> Iterator[Site]:
    """Return the site of the study of all kinds."""
    opened = open_site(study_of(FILES), tmp_path / "ledger.sqlite")
    yield opened
    opened.close()


def step(site: Site, root: str, answers: Fields) -> str:
    """Answer the page the interview has come to and return the next address."""
    url, page = site.follow(site.get(root))
    answered = site.post(url, {**fields_of(page.text), "_go": ["next"], **answers})
    assert answered.code == 303, answered.text
    return answered.to


def test_an_interview_goes_through_every_kind(site: Site) -> None:
    """A walk in order meets every page once, keeps every column of every question put, and ends complete."""
    root = site.begin()
    met = [s.url.rpartition("/")[2] for s in walk(site, root, random.Random(1), {"used": {"used": ["1", "3"]}})]
    id = site.id_of(root)

    assert site.interview(id).status is Status.COMPLETE
    assert [row.page for row in site.rows(id)] == met
    assert [m for m in met if m.startswith("often")] == ["often.used_1", "often.used_3"]
    kept = site.saved(id)
    put = [p for p in site.desk.edition.rules.pages if p.id in met]
    why = "why"
    assert {c for p in put for part in p.parts for c in part.columns if not c.startswith(why)} <= set(kept)
    assert site.get(root).to.endswith("/_end")
    assert "Спасибо" in site.get(f"{root}/_end").text


def test_an_interview_goes_on_where_it_was_left(site: Site) -> None:
    """The link opens the first unanswered page, on any device, with the answers so far kept."""
    root = site.begin()
    step(site, root, {"age": ["40"]})
    step(site, root, {"town": ["bel"]})

    assert site.get(root).to == f"{root}/like"
    assert "Белый Мыс" in site.get(f"{root}/town").text
    assert 'value="40"' in site.get(f"{root}/age").text


def test_answers_are_changed_by_going_back(site: Site) -> None:
    """An answer changed on an earlier page opens and closes later ones; what was answered there comes back with its question."""
    root = site.begin()
    id = site.id_of(root)
    liked = {"better": ["97"], "mood": ["5"]}
    step(site, root, {"age": ["40"]})
    step(site, root, {"town": ["bel"]})
    assert step(site, root, {"like": ["1"], **liked}) == f"{root}/why"
    assert step(site, root, {"why": ["пыль"]}) == f"{root}/firms"

    def again(like: str) -> str:
        page = site.get(f"{root}/like")
        return site.post(f"{root}/like", {**fields_of(page.text), "_go": ["next"], "like": [like]}).to

    assert again("5") == f"{root}/firms"
    assert site.get(f"{root}/why").to == f"{root}/firms"
    assert again("1") == f"{root}/why"
    assert "пыль" in site.get(f"{root}/why").text
    assert [r.page for r in site.rows(id)] == ["age", "town", "like", "why", "like", "like"]


def test_two_windows_cannot_overwrite_each_other(site: Site) -> None:
    """The same answers sent twice are kept once; other answers to a page saved meanwhile come back and are taken only when sent again."""
    root = site.begin()
    id, url = site.id_of(root), f"{root}/age"
    first, second = site.get(url), site.get(url)
    one = {**fields_of(first.text), "_go": ["next"], "age": ["40"]}
    assert site.post(url, one).code == 303
    assert site.post(url, one).code == 303
    assert len(site.rows(id)) == 1

    other = site.post(url, {**fields_of(second.text), "_go": ["next"], "age": ["41"]})
    assert other.code == 409
    assert 'value="41"' in other.text
    assert site.saved(id)["age"] == 40
    assert site.post(url, {**fields_of(other.text), "_go": ["next"]}).code == 303
    assert site.saved(id)["age"] == 41


def test_a_language_is_changed_without_losing_ticks(site: Site) -> None:
    """The switch shows the same page in the other language with everything as it was ticked, and saves nothing."""
    root = site.begin()
    url = f"{root}/age"
    page = site.get(url)
    english = site.post(url, {**fields_of(page.text), "age": ["44"], "_lang": ["en"]})

    assert english.code == 200
    assert "How old are you?" in english.text
    assert 'value="44"' in english.text
    assert site.rows(site.id_of(root)) == []
    answered = site.post(url, {**fields_of(english.text), "_go": ["next"]})
    assert site.interview(site.id_of(root)).language == "en"
    assert "Which town" in site.follow(answered)[1].text


def test_a_town_is_looked_up(site: Site) -> None:
    """A name that one town has is taken, one that two have becomes a list, and ё, hyphens and capitals do not matter."""
    root = site.begin()
    step(site, root, {"age": ["40"]})
    url = f"{root}/town"
    fields = fields_of(site.get(url).text)

    found = site.post(url, {**fields, "_find": ["town"], "town__search": ["заре"]})
    assert found.code == 200
    assert found.text.count('type="radio"') == 2
    assert site.post(url, {**fields, "_go": ["next"], "town__search": ["Заречье"]}).code == 422
    assert site.post(url, {**fields, "_go": ["next"], "town__search": ["орел остров"]}).to == f"{root}/like"
    assert site.saved(site.id_of(root))["town"] == "ore"


def test_who_is_not_asked_leaves_at_once(site: Site) -> None:
    """A condition that ends the interview ends it after its page; the page says so, and nothing more is asked."""
    root = site.begin()
    assert step(site, root, {"age": ["19"]}) == f"{root}/_end"

    assert site.interview(site.id_of(root)).status is Status.SCREENED_OUT
    assert "не входите" in site.get(f"{root}/_end").text
    assert site.get(f"{root}/town").to == f"{root}/_end"


def test_answers_are_taken_back(site: Site) -> None:
    """A withdrawal asks once, deletes every page, and the link then only says so."""
    root = site.begin()
    step(site, root, {"age": ["40"]})
    url, id = f"{root}/_withdraw", site.id_of(root)
    asked = site.get(url)
    assert site.post(url, {**fields_of(asked.text), "_go": ["no"]}).to.startswith(root)
    assert len(site.rows(id)) == 1

    assert site.post(url, {**fields_of(asked.text), "_go": ["yes"]}).code == 303
    assert site.rows(id) == []
    assert site.interview(id).status is Status.WITHDRAWN
    assert site.get(f"{root}/age").to.startswith(f"{root}/_end")
    assert "удалены" in site.get(f"{root}/_end").text


def test_consent_is_kept_with_its_version(study_of: Study, tmp_path: Path) -> None:
    """No question is shown before consent, and a document whose words were changed is asked for again."""
    folder = study_of(WITH_CONSENT)
    site = open_site(folder, tmp_path / "ledger")
    root = site.begin()
    assert site.desk.consent is not None
    first = site.desk.consent.version
    assert [r.page for r in site.rows(site.id_of(root))] == ["_consent"]
    step(site, root, {"age": ["40"]})
    site.close()

    (folder / "consent.md").write_text("Новые слова.\n", encoding="utf-8")
    site = open_site(folder, tmp_path / "ledger")
    assert site.desk.consent is not None
    assert site.desk.consent.version != first
    assert site.get(root).to == f"{root}/_consent"
    assert site.get(f"{root}/town").to == f"{root}/_consent"
    with site.ledger.reading() as tx:
        assert {f"consent-{v}" for v in (first, site.desk.consent.version)} <= {
            str(r[0]) for r in tx.all("SELECT id FROM version")
        }
    site.close()


def test_open_interviews_keep_their_wording(study_of: Study, tmp_path: Path) -> None:
    """With an interview open a typo is mended: it goes on with the old words, new ones have the new, and both wordings are kept."""
    folder = study_of(FILES)
    site = open_site(folder, tmp_path / "ledger")
    old = site.begin()
    step(site, old, {"age": ["40"]})
    site.close()

    for name, right, wrong in (
        ("questionnaire.md", "В каком городе", "В каком же городе"),
        ("questionnaire.en.md", "- 2 rather", "- 2 rather"),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(right, wrong), encoding="utf-8")
    site = open_site(folder, tmp_path / "ledger")
    new = site.begin()
    step(site, new, {"age": ["40"]})

    assert "В каком городе" in site.follow(site.get(old))[1].text
    assert "В каком же городе" in site.follow(site.get(new))[1].text
    assert site.interview(site.id_of(old)).version != site.interview(site.id_of(new)).version
    assert all(s.answered.code == 303 for s in walk(site, old, random.Random(1)))
    assert site.interview(site.id_of(old)).status is Status.COMPLETE
    site.close()


def test_the_trap_is_noted_and_nobody_is_turned_away(site: Site) -> None:
    """Whoever fills the input that people do not see goes on, and their page carries the mark."""
    root = site.begin()
    step(site, root, {"age": ["40"], "_url": ["https://spam.example"]})

    assert site.saved(site.id_of(root))["_trap"] == 1


def test_piped_words_are_escaped(site: Site) -> None:
    """Words of a respondent and of an author stand on the page as words, whatever is in them."""
    root = site.begin()
    evil = "<script>alert(1)</script>\"'&"
    step(site, root, {"age": ["40"]})
    step(site, root, {"town": ["bel"]})
    step(site, root, {"like": ["96"], "like__96__text": [evil], "better": ["97"], "mood": ["5"]})
    page = site.get(f"{root}/like").text

    assert site.saved(site.id_of(root))["like__96__text"] == evil
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_page_is_light(site: Site) -> None:
    """Every page of the study weighs under 4 KB compressed, style and script together under 6."""
    root = site.begin()
    weights = {s.url: len(gzip.compress(s.shown.body, 9)) for s in walk(site, root, random.Random(1))}
    statics = site.desk.frame("ru").statics.files

    assert max(weights.values()) < 4096, weights
    assert sum(len(gzip.compress(f, 9)) for f in statics.values()) < 6144
