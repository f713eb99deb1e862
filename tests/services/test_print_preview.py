"""Forms in memory: what is looked at is what is saved, and nothing of it lies on a disk before."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import print_preview
from shequ_desktop.services.print_jobs import Order
from shequ_desktop.services.print_preview import ALL, DUE, NAMED, Prepared
from shequ_desktop.storage import audit
from shequ_desktop.storage.archive import Archive
from shequ_desktop.wording import catalogue
from tests.made import TODAY, save, typed

NOW = datetime(2026, 11, 25, 14, 2, tzinfo=UTC)


@pytest.fixture
def homes(archive: Archive) -> list[str]:
    made = []
    for number, name in enumerate(("斯琴高娃", "巴特尔", "苏日娜")):
        household, resident = typed(archive, "household", number=f"{number:03}"), typed(archive, "resident", name=name)
        save(archive, "membership", household=household, resident=resident, relation="02")
        typed(archive, "care_record", resident=resident, care_kind="elder")
        made.append(household)
    return made


def prepare(archive: Archive, whom: str = DUE, *records: str, **more: object) -> Prepared | Problem:
    speak = catalogue("zh_CN").__getitem__
    return print_preview.prepare(
        archive,
        Order(),
        whom=whom,
        records=records,
        speak=speak,
        printed_at=NOW,
        **more,  # type: ignore[arg-type]
    )


def audited(archive: Archive) -> list[tuple[str, str]]:
    with archive.read() as reader:
        return [(act, detail) for _, _, act, detail in audit.lines(reader.connection) if act == "printed"]


def test_forms_are_prepared_with_their_names_and_pages(archive: Archive, homes: list[str]) -> None:
    heard: list[tuple[int, int]] = []
    prepared = prepare(archive, progress=lambda done, total: heard.append((done, total)))
    assert isinstance(prepared, Prepared)
    assert {part.record for part in prepared.parts} == set(homes)
    assert [part.first for part in prepared.parts] == [0, 1, 2]
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_looking_leaves_no_file_and_no_audit_line(
    archive: Archive, homes: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    before = {file for file in tmp_path.rglob("*") if file.suffix not in ("", ".db-wal", ".db-shm")}
    prepared = prepare(archive)
    assert isinstance(prepared, Prepared)
    print_preview.page_image(prepared, page=0, dpi=50)
    assert list((tmp_path / "temporary").iterdir()) == []
    after = {file for file in tmp_path.rglob("*") if file.suffix not in ("", ".db-wal", ".db-shm")}
    assert after == before
    assert audited(archive) == []


def test_what_was_looked_at_is_saved_byte_for_byte_and_noted(archive: Archive, homes: list[str], tmp_path: Path) -> None:
    prepared = prepare(archive, NAMED, homes[1])
    assert isinstance(prepared, Prepared)
    assert print_preview.save(archive, prepared=prepared, out=tmp_path / "a.pdf") == prepared.job
    assert (tmp_path / "a.pdf").read_bytes() == prepared.pdf
    assert audited(archive) == [("printed", "home-visit 1")]


def test_a_folder_that_takes_nothing_is_a_problem_and_not_noted(archive: Archive, homes: list[str], tmp_path: Path) -> None:
    prepared = prepare(archive)
    assert isinstance(prepared, Prepared)
    refused = print_preview.save(archive, prepared=prepared, out=tmp_path / "nowhere" / "a.pdf")
    assert isinstance(refused, Problem)
    assert refused.key == "print.unwritable"
    assert audited(archive) == []


def test_stopped_in_the_middle_there_is_nothing(archive: Archive, homes: list[str]) -> None:
    asked: list[bool] = []

    def stop_at_the_second() -> bool:
        asked.append(True)
        return len(asked) > 1

    stopped = prepare(archive, cancelled=stop_at_the_second)
    assert isinstance(stopped, Problem)
    assert stopped.key == "print.cancelled"


def test_nobody_due_is_said(archive: Archive) -> None:
    assert prepare(archive) == Problem("print.nothing")
    assert print_preview.count(archive, Order(), on=TODAY) == {DUE: 0, ALL: 0}


def test_a_page_is_a_picture_with_ink_on_it(archive: Archive, homes: list[str]) -> None:
    prepared = prepare(archive)
    assert isinstance(prepared, Prepared)
    image = print_preview.page_image(prepared, page=0, dpi=72)
    assert (image.width, image.height) == (595, 842) or (image.width, image.height) == (596, 842)
    assert len(image.pixels) == image.stride * image.height
    assert {0xFF} < set(image.pixels[::4])
