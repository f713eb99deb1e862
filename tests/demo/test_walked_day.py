"""One practice day, walked in this process with a real league beside it: what it leaves, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader

from shequ_desktop import app
from shequ_desktop.demo import league, setting_up, walk
from shequ_desktop.demo.day import PASSPHRASE, Day, Places
from shequ_desktop.demo.scanning import codes_of
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.visit_codes import VisitCode, read
from shequ_desktop.services import conflicts, due, enrolling, histories, practice, unlocking
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.keyring import Cost

CHEAP = Cost(1024, 1, 1)
HOUSEHOLDS = 20


def a_day(folder: Path, *, language: str = "zh_CN") -> Day:
    work, out = folder / "work", folder / "out"
    work.mkdir()
    out.mkdir()
    return Day(
        places=Places(work, out),
        language=language,
        households=HOUSEHOLDS,
        seed=5,
        today=app.today(),
        now=app.now,
        tell=lambda sentence: None,
        cost=CHEAP,
    )


@dataclass
class Walked:
    day: Day
    report: str
    a: Archive
    b: Archive


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    day = a_day(tmp_path_factory.mktemp("day"))
    problem = walk.walk(day)
    assert problem is None, problem and app.sentence(problem, "zh_CN")
    a, b = (opened(day.places.work / f"laptop-{label}", user) for label, user in zip("ab", users(day), strict=True))
    yield Walked(day, day.places.report.read_text(encoding="utf-8-sig"), a, b)
    a.close()
    b.close()


def users(day: Day) -> list[str]:
    found = [unlocking.people(day.places.work / f"laptop-{label}") for label in "ab"]
    return [one[0] for one in found if isinstance(one, list)]


def opened(folder: Path, user: str) -> Archive:
    archive = app.unlock(folder, user=user, passphrase=PASSPHRASE)
    assert isinstance(archive, Archive)
    return archive


def test_both_laptops_and_the_league_hold_the_same(walked: Walked) -> None:
    exports = walked.day.exports
    assert len(exports) == 3
    assert len({(one.records, one.sha256) for one in exports}) == 1
    assert exports[0].records > HOUSEHOLDS


def test_both_values_of_the_conflict_stay_readable_on_both_laptops(walked: Walked) -> None:
    for archive in (walked.a, walked.b):
        risk = next(one for one in conflicts.conflicts(archive, every=True) if one.group == "risk")
        assert not risk.open
        assert [side.fields["risk"] for side in risk.sides] == ["1", "3"]
        told = histories.history(archive, kind="care_record", record=risk.record, field="risk")
        assert isinstance(told, list)
        assert [entry["fields"]["risk"] for entry in told] == ["1", "3", "1"]
        assert {entry["user"] for entry in told} == set(users(walked.day))


def test_what_the_rule_decided_is_listed_with_the_value_that_it_superseded(walked: Walked) -> None:
    address = next(one for one in conflicts.conflicts(walked.a, every=True) if one.group == "address")
    assert not address.open
    assert len({side.fields["address"] for side in address.sides}) == 2
    assert [side.stands for side in address.sides] == [False, True]


def test_the_two_households_visited_are_due_no_more_until_what_was_promised(walked: Walked) -> None:
    visited = [record for record in due.schedule(walked.a) if record.last_visit == walked.day.today]
    assert len(visited) == 2
    assert {one.household for one in visited} & {
        one.household for one in due.households_due(walked.b, on=walked.day.today)
    } == set()


def test_every_printed_form_leads_back_to_its_household(walked: Walked) -> None:
    read_back = [read(code) for code in codes_of(walked.day.places.forms)]
    pages = len(PdfReader(walked.day.places.forms).pages)
    assert len(read_back) == pages
    assert all(isinstance(one, VisitCode) for one in read_back)
    due_then = {one.household for one in due.schedule(walked.a)}
    assert {one.household for one in read_back if isinstance(one, VisitCode)} == due_then


def test_the_report_names_both_values_who_wrote_them_and_the_hash_of_three_exports(walked: Walked) -> None:
    assert walked.report.count(walked.day.exports[0].sha256) == 3
    for user in users(walked.day):
        assert user in walked.report
    for word in ("风险等级：高", "风险等级：低", "现住址："):
        assert word in walked.report


def test_the_archives_are_for_practice_and_meet_no_other_league(walked: Walked, tmp_path: Path) -> None:
    assert practice.is_practice(walked.a)
    assert practice.is_practice(walked.b)
    other = started_league(tmp_path)
    try:
        code = other.enrolment_code(area="")
        assert isinstance(code, str)
        refused = enrolling.enroll(walked.a, server=other.address, code=code)
        assert isinstance(refused, Problem)
        assert refused.key == "practice_archive_stays"
    finally:
        other.stop()


def test_nothing_readable_is_left_of_the_exports(walked: Walked) -> None:
    assert list(walked.day.places.work.glob("*.jsonl")) == []


def test_the_league_does_not_outlive_the_day(walked: Walked) -> None:
    assert walked.day.league is not None
    assert walked.day.league.process is None
    assert not league._listens(walked.day.league.port)


def test_a_day_that_does_not_hold_ends_with_one_problem_and_stops_the_league(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = a_day(tmp_path)

    def never(_day: Day) -> Problem | None:
        raise AssertionError("a step after the one that failed")

    def wrong(day: Day) -> Problem | None:
        return day.not_so("demo_due_differs")

    monkeypatch.setattr(walk, "STEPS", (setting_up.write_the_roster, setting_up.start_the_league, wrong, never))
    problem = walk.walk(day)
    assert problem is not None
    assert "到期名单" in app.sentence(problem, "zh_CN")
    assert day.league is not None
    assert day.league.process is None


def test_a_roster_that_cannot_be_written_ends_the_day(tmp_path: Path) -> None:
    day = a_day(tmp_path)
    day.places.out.rmdir()
    problem = walk.walk(day)
    assert problem is not None
    assert problem.key == "not_written"


def started_league(folder: Path) -> league.PracticeLeague:
    prepared = league.prepare(folder)
    assert isinstance(prepared, league.PracticeLeague)
    assert prepared.start() is None
    return prepared


def test_a_league_that_does_not_start_says_where_its_log_is(tmp_path: Path) -> None:
    prepared = league.PracticeLeague(tmp_path, 9, ["false"])
    problem = prepared.start()
    assert problem is not None
    assert problem.key == "demo_league_silent"
    assert str(tmp_path) in str(problem.values)


def test_the_day_is_written_in_the_users_language(tmp_path: Path) -> None:
    day = a_day(tmp_path, language="en")
    assert setting_up.write_the_roster(day) is None
    assert "none of them real" in day.told[0]
