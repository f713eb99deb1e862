"""The home-visit form in both scripts: as drawn, complete, exact for two readers, whatever the names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shequ_desktop import wording
from shequ_desktop.printing import mongolian, terms
from shequ_desktop.printing.forms.home_visit import home_visit, home_visit_pages
from shequ_desktop.printing.home_visit_sheet import SCRIPT_TERMS, FormWords, HomeVisitSheet, form_words
from shequ_desktop.printing.marks import Column, Text
from tests.printing.papers import READERS, by_pdfium, by_poppler, faults, print_home_visits, run_together, texts_of

NAME = "\u1830\u1821\u1834\u1821\u1828 \u182d\u1824\u1838\u180e\u1820"
PARTS = [
    "\u182a\u1820\u1832\u1824",
    "\u1832\u1824\u1836\u180e\u1820",
    "\u1820\u182f\u1832\u1820\u1828\u182d\u1821\u1837\u1821\u182f",
    "\u182e\u1825\u1829\u182c\u1821",
]
LONG = " ".join(PARTS * 2)


@pytest.fixture(scope="module")
def both() -> FormWords:
    return form_words(wording.catalogue("zh_CN").__getitem__, scripts=True)


def named(sheet: HomeVisitSheet, name: str) -> HomeVisitSheet:
    members = tuple(replace(member, name_mn=name) for member in sheet.members)
    return replace(sheet, head=replace(sheet.head, name_mn=name), members=members)


@pytest.mark.parametrize("name", ["typical", "sixteen", "alone", "blank", "endless"])
@pytest.mark.parametrize("script", ["", NAME, LONG])
def test_nothing_overlaps_or_leaves_the_page(name: str, script: str, sheets: dict[str, HomeVisitSheet], both: FormWords) -> None:
    for page in home_visit_pages(named(sheets[name], script), both):
        assert faults(page) == []


@given(st.lists(st.lists(st.sampled_from([*PARTS, "12", "A"]), max_size=6).map(" ".join), min_size=1, max_size=20))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_names_are_laid_out_without_fault(typical: HomeVisitSheet, both: FormWords, names: list[str]) -> None:
    members = tuple(replace(typical.members[0], name_mn=name) for name in names)
    sheet = replace(named(typical, names[0]), members=members)
    for page in home_visit_pages(sheet, both):
        assert faults(page) == []


def test_the_typical_form_fits_one_page_as_it_is_drawn(typical: HomeVisitSheet, both: FormWords) -> None:
    (page,) = home_visit_pages(replace(typical, head=replace(typical.head, name_mn=NAME)), both)
    columns = [mark for mark in page if isinstance(mark, Column)]
    assert {column.size for column in columns} <= {12.0, 9.0, *(9.0 * step / 10 for step in (7, 8, 9))}
    title = [column for column in columns if column.size == 12]
    assert len(title) == 3
    assert [column.x for column in title] == sorted(column.x for column in title)
    head = next(mark for mark in page if isinstance(mark, Text) and mark.words == "户")
    script = next(column for column in columns if column.words == mongolian.stored(terms.terms()["household_head"].words))
    assert script.x + script.size < head.x
    assert abs(script.y - head.y) < 60
    (chinese,) = home_visit_pages(typical, form_words(wording.catalogue("zh_CN").__getitem__))
    assert not [mark for mark in chinese if isinstance(mark, Column)]


@pytest.mark.parametrize("read", [by_pdfium, by_poppler])
def test_each_term_and_name_comes_out_exactly_with_its_joiners(
    read: object, sixteen: HomeVisitSheet, both: FormWords, tmp_path: Path
) -> None:
    assert callable(read)
    sheet = named(sixteen, NAME)
    print_home_visits([sheet], tmp_path / "f.pdf", words=both)
    text = read(tmp_path / "f.pdf")
    columns = [mark.words for page in home_visit(sheet, both).pages for mark in page if isinstance(mark, Column)]
    assert len(columns) > 40
    assert [column for column in columns if mongolian.shown(column) not in text] == []
    whole = "".join(letter for letter in text if letter not in " \r\n")
    assert whole.count(NAME.replace(" ", "")) == 17


@pytest.mark.parametrize("read", READERS)
def test_the_chinese_beside_it_is_whole_for_every_reader(
    read: object, sixteen: HomeVisitSheet, both: FormWords, tmp_path: Path
) -> None:
    assert callable(read)
    print_home_visits([named(sixteen, NAME)], tmp_path / "f.pdf", words=both)
    text = run_together(read(tmp_path / "f.pdf"))
    assert [value for value in texts_of(sixteen) if run_together(value) not in text] == []


def test_the_foot_says_that_terms_are_a_draft_until_every_one_is_reviewed(
    both: FormWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak = wording.catalogue("zh_CN").__getitem__
    assert both.draft_mark == speak("form.draft_mark")
    assert form_words(speak).draft_mark == ""
    reviewed = {key: replace(term, status=terms.REVIEWED) for key, term in terms.terms().items()}
    monkeypatch.setattr(terms, "terms", lambda: reviewed)
    assert form_words(speak, scripts=True).draft_mark == ""


def test_a_term_that_is_missing_is_left_out_and_nothing_stands_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(terms.terms())
    monkeypatch.setattr(terms, "terms", lambda: {**known, "sex": replace(known["sex"], words="", status="missing")})
    words = form_words(wording.catalogue("zh_CN").__getitem__, scripts=True)
    assert "sex" not in words.script
    assert set(words.script) == set(SCRIPT_TERMS) - {"sex"}


def test_long_foot_lines_are_whole_and_stand_above_each_other(typical: HomeVisitSheet, both: FormWords, tmp_path: Path) -> None:
    sheet = replace(typical, printed_by="写得很长的名字" * 12, copies="一式很多份，" * 20)
    print_home_visits([sheet], tmp_path / "f.pdf", words=both)
    text = run_together(by_pdfium(tmp_path / "f.pdf"))
    assert sheet.printed_by in text
    assert sheet.copies + both.draft_mark in text
