"""Many forms in one file; the target whole or untouched, and nothing left beside it."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from pypdf.generic import Destination

from shequ_desktop import wording
from shequ_desktop.printing.booklet import Printed, PrintProblem
from shequ_desktop.printing.home_visit_sheet import FormWords, HomeVisitSheet
from tests.printing.papers import print_home_visits


def numbered(sheet: HomeVisitSheet, count: int) -> Iterator[HomeVisitSheet]:
    for number in range(count):
        yield replace(sheet, household=replace(sheet.household, number=f"{number:04}"))


def test_the_same_forms_give_the_same_bytes(typical: HomeVisitSheet, words: FormWords, tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        print_home_visits(numbered(typical, 3), tmp_path / name, words=words)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_each_household_has_a_bookmark_to_its_first_page(
    typical: HomeVisitSheet, sixteen: HomeVisitSheet, words: FormWords, tmp_path: Path
) -> None:
    rare = replace(typical, head=replace(typical.head, name="孙𰻝"), household=replace(typical.household, number="0009"))
    answer = print_home_visits([typical, sixteen, rare], tmp_path / "f.pdf", words=words)
    assert isinstance(answer, Printed)
    assert answer.forms == 3
    reader = pypdf.PdfReader(tmp_path / "f.pdf")
    assert len(reader.pages) == answer.pages
    marks = [(mark.title, reader.get_destination_page_number(mark)) for mark in reader.outline if isinstance(mark, Destination)]
    assert marks == [("0412 斯琴高娃", 0), (f"0412 {sixteen.head.name}", 1), ("0009 孙𰻝", answer.pages - 1)]
    assert "第 1 页，共 1 页" in pypdfium2.PdfDocument(tmp_path / "f.pdf")[answer.pages - 1].get_textpage().get_text_range()


def test_the_file_names_its_title_and_language_and_no_person(typical: HomeVisitSheet, words: FormWords, tmp_path: Path) -> None:
    print_home_visits([typical], tmp_path / "f.pdf", words=words)
    reader = pypdf.PdfReader(tmp_path / "f.pdf")
    assert reader.metadata is not None
    assert reader.metadata.title == "入户走访登记表"
    assert str(reader.root_object["/Lang"]) == "zh-CN"
    assert "斯琴高娃" not in "".join(map(str, reader.metadata.values()))


def test_progress_is_told_and_a_cancelled_print_leaves_the_old_file_whole(
    typical: HomeVisitSheet, words: FormWords, tmp_path: Path
) -> None:
    out = tmp_path / "f.pdf"
    out.write_bytes(b"before")
    told: list[int] = []
    answer = print_home_visits(numbered(typical, 9), out, words=words, progress=told.append, cancelled=lambda: len(told) == 4)
    assert answer == PrintProblem("print.cancelled")
    assert told == [1, 2, 3, 4]
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("f.pdf", b"before")]


def test_no_form_is_a_problem_and_no_file(words: FormWords, tmp_path: Path) -> None:
    assert print_home_visits([], tmp_path / "f.pdf", words=words) == PrintProblem("print.nothing")
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_cannot_be_written_is_a_problem(typical: HomeVisitSheet, words: FormWords, tmp_path: Path) -> None:
    folder = tmp_path / "folder.pdf"
    folder.mkdir()
    nowhere = tmp_path / "missing" / "f.pdf"
    for out in (folder, nowhere):
        assert print_home_visits([typical], out, words=words) == PrintProblem("print.unwritable", str(out))
    assert list(tmp_path.iterdir()) == [folder]
    assert list(folder.iterdir()) == []


def test_a_disk_that_runs_full_leaves_the_old_file_whole(typical: HomeVisitSheet, words: FormWords, tmp_path: Path) -> None:
    out = tmp_path / "f.pdf"
    out.write_bytes(b"before")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        answer = print_home_visits([typical], out, words=words)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert answer == PrintProblem("print.unwritable", str(out))
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("f.pdf", b"before")]


def test_an_error_of_the_program_leaves_no_half_file(typical: HomeVisitSheet, words: FormWords, tmp_path: Path) -> None:
    def broken() -> Iterator[HomeVisitSheet]:
        yield typical
        raise LookupError

    with pytest.raises(LookupError):
        print_home_visits(broken(), tmp_path / "f.pdf", words=words)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", ["print.nothing", "print.cancelled", "print.unwritable"])
def test_every_problem_has_its_sentence(key: str) -> None:
    for language in wording.LANGUAGES:
        assert wording.say(key, language, file="f.pdf")
