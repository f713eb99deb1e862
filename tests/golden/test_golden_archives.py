"""Every archive of a released revision opens, is brought up to date, and says what it said on its day."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from shequ_desktop.services import doctoring, finding, unlocking
from shequ_desktop.services.exporting import lines
from shequ_desktop.storage import drafts, upgrading
from shequ_desktop.storage.archive import Archive
from tests.golden.make_golden_archive import NAMES, SECOND_PASSPHRASE, SECOND_USER
from tests.made import PASSPHRASE, USER, Clock, edit, save

GOLDEN = sorted(Path(__file__).parent.glob("archive-*"))


@pytest.fixture(params=GOLDEN, ids=[folder.name for folder in GOLDEN])
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of one golden archive."""
    shutil.copytree(request.param, tmp_path / "archive")
    return tmp_path / "archive"


def opened(folder: Path, user: str = USER, passphrase: str = PASSPHRASE) -> Archive:
    answer = unlocking.unlock(folder, user=user, passphrase=passphrase, clock=Clock())
    assert isinstance(answer, Archive), answer
    return answer


def test_there_is_one_of_the_newest_revisions() -> None:
    newest = {folder.name for folder in GOLDEN}
    heads = "-".join(sorted(upgrading.heads(upgrading.LAPTOP), reverse=True))
    assert f"archive-{heads}" in newest, "run tests/golden/make_golden_archive.py and commit what it makes"


def test_it_opens_for_each_of_its_people_and_is_brought_up_to_date(golden: Path) -> None:
    for user, passphrase in ((USER, PASSPHRASE), (SECOND_USER, SECOND_PASSPHRASE)):
        archive = opened(golden, user, passphrase)
        with archive.read() as reader:
            assert upgrading.is_current(reader.connection, upgrading.LAPTOP)
        assert {check.state for check in doctoring.examine(archive)} == {"right"}
        archive.close()


def test_its_records_and_its_log_are_all_there(golden: Path) -> None:
    expected = json.loads((golden / "expected.json").read_text(encoding="utf-8"))
    archive = opened(golden)
    with archive.read() as reader:
        assert {kind: reader.count(kind) for kind in expected["counts"]} == expected["counts"]
        assert reader.connection.exec_driver_sql("SELECT count(*) FROM log").scalar() == expected["log"]
        assert [json.loads(line) for line in lines(reader)] == [json.loads(line) for line in expected["export"]]
    archive.close()


def test_its_people_are_found(golden: Path) -> None:
    archive = opened(golden)
    for name in NAMES:
        found = [hit.fields["name"] for hit in finding.find(archive, words=name)]
        assert found == ([] if name == "张三" else [name])
    for words in ("scm", "139479 0003", "0003"):
        assert finding.find(archive, words=words), words
    archive.close()


def test_its_drafts_are_kept_and_it_takes_new_saves(golden: Path) -> None:
    archive = opened(golden)
    with archive.read() as reader:
        assert [draft.content["visit"] for draft in drafts.of_owner(reader.connection, USER)] == [{"remark": "没写完"}]
        homes = [record.id for record in reader.all("household")]
    assert edit(archive, "household", homes[1], remark="今天写的")
    save(archive, "resident", name="新来的人")
    assert {check.state for check in doctoring.examine(archive)} == {"right"}
    archive.close()
