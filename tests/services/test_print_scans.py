"""Back from paper: a photo or a scanned file of a printed form leads to the draft of its visit."""

from __future__ import annotations

import random
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from benchmarks import scan_back
from shequ_desktop import wording
from shequ_desktop.domain.problems import Problem
from shequ_desktop.printing import scanned
from shequ_desktop.services import print_jobs, scans
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.drafts import Draft
from tests.made import save
from tests.services.test_print_jobs import NOW, speak


@pytest.fixture
def homes(archive: Archive) -> list[str]:
    return [save(archive, "household", number=str(number)) for number in range(2)]


@pytest.fixture
def form(archive: Archive, homes: list[str], tmp_path: Path) -> Path:
    """The printed forms of two households."""
    file = tmp_path / "forms.pdf"
    print_jobs.print_home_visits(archive, [(home, "") for home in homes], out=file, speak=speak, printed_at=NOW)
    return file


def picture_of(file: Path, page: int) -> Image.Image:
    document = pypdfium2.PdfDocument(file)
    try:
        seen: Image.Image = document[page].render(scale=150 / 72).to_pil()
        return seen
    finally:
        document.close()


def problem_of(answer: Draft | Problem) -> str:
    assert isinstance(answer, Problem)
    assert wording.say(answer.key, "zh_CN", **dict(answer.values))
    return answer.key


@pytest.mark.parametrize("name", ["photo.png", "photo.jpg", "scan.pdf", "wrongly-named.txt"])
def test_a_photo_or_a_scanned_file_leads_to_its_household_and_twice_to_one_visit(
    archive: Archive, homes: list[str], form: Path, tmp_path: Path, name: str
) -> None:
    kind = {"jpg": "JPEG", "pdf": "PDF"}.get(name[-3:], "PNG")
    picture_of(form, 1).rotate(93, expand=True, fillcolor="white").save(tmp_path / name, kind)
    first = scans.visit_from_scan(archive, file=tmp_path / name)
    again = scans.visit_from_scan(archive, file=tmp_path / name)
    assert isinstance(first, Draft)
    assert isinstance(again, Draft)
    assert first.about == homes[1]
    assert first.id == again.id


def test_a_file_with_the_forms_of_several_visits_is_asked_about(archive: Archive, form: Path) -> None:
    assert problem_of(scans.visit_from_scan(archive, file=form)) == "scan.several"


def test_a_picture_without_a_code_and_a_file_that_is_none_are_told_apart(archive: Archive, tmp_path: Path) -> None:
    Image.new("L", (800, 1100), 200).save(tmp_path / "empty.png")
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.4 cut")
    (tmp_path / "none.png").write_bytes(b"")
    assert problem_of(scans.visit_from_scan(archive, file=tmp_path / "empty.png")) == "scan.no_code"
    for name in ("text.png", "cut.pdf", "none.png", "missing.png", "."):
        assert problem_of(scans.visit_from_scan(archive, file=tmp_path / name)) == "scan.unreadable", name


def test_a_picture_of_too_many_points_is_refused_before_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("1", (300, 300)).save(tmp_path / "large.png")
    monkeypatch.setattr(scanned, "PIXELS_MOST", 300 * 299)
    assert scanned.codes_in(tmp_path / "large.png") is None


def test_photos_turned_blurred_and_dim_are_read() -> None:
    printed = scan_back.pages(2)
    draw = random.Random(3)
    read = 0
    for number in range(6):
        code, page = printed[number % 2]
        read += scanned.codes_of(scan_back.photo(page, scan_back.conditions(draw), draw)) == (code,)
    assert read >= 5
