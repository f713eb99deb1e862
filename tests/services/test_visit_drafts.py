"""A visit from its draft to its saving: nothing typed is lost, and one visit stays one visit."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from shequ_desktop.domain import visit_codes
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.visit_codes import VisitCode
from shequ_desktop.services import unlocking, visits
from shequ_desktop.storage import drafts
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.drafts import Draft
from tests.made import PASSPHRASE, TODAY, Clock, fields_of, reopen, save

VISIT = "01a0c450-6c00-7000-a238-e3a8ed1ecb8c"


def started(archive: Archive, home: str, visit: str = "") -> Draft:
    draft = visits.start(archive, household=home, visit=visit)
    assert isinstance(draft, Draft), draft
    return draft


def content(care: str = "", **visit: str) -> dict[str, Any]:
    notes = [{"care_record": care, "condition": "比上次好"}] if care else []
    promises = [{"promised": "帮忙办残疾证", "due_on": "2027-03-01"}]
    return {"visit": {"visited_on": "2026-11-20", **visit}, "notes": notes, "promises": promises, "seen": 0}


def counts(archive: Archive) -> dict[str, int]:
    with archive.read() as reader:
        return {kind: reader.count(kind) for kind in ("visit", "visit_note", "follow_up")}


def own(archive: Archive) -> list[Draft]:
    with archive.read() as reader:
        return drafts.of_owner(reader.connection, archive.user)


@pytest.fixture
def home(archive: Archive) -> str:
    return save(archive, "household", number="17")


@pytest.fixture
def care(archive: Archive) -> str:
    who = save(archive, "resident", name="其木格")
    return save(archive, "care_record", resident=who, care_kind="elder")


def test_what_is_typed_is_there_after_the_next_start(archive: Archive, home: str) -> None:
    draft = visits.keep(archive, draft=started(archive, home), content=content(remark="昨晚摔倒"))
    archive.close()
    opened = reopen(archive.folder)
    assert own(opened) == [draft]
    assert started(opened, home, draft.id).content == content(remark="昨晚摔倒")
    opened.close()


def test_what_is_typed_is_there_after_the_program_was_killed(archive: Archive, home: str) -> None:
    archive.close()
    child = os.fork()
    if child == 0:
        opened = reopen(archive.folder)
        draft = started(opened, home, VISIT)
        for words in ("昨", "昨晚", "昨晚摔倒"):
            draft = visits.keep(opened, draft=draft, content=content(remark=words))
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    opened = reopen(archive.folder)
    (draft,) = own(opened)
    assert draft.content["visit"]["remark"] == "昨晚摔倒"
    assert visits.finish(opened, draft=draft, today=TODAY) == VISIT
    assert own(opened) == []
    opened.close()


def test_a_finished_visit_has_its_pages_and_promises_and_no_draft(archive: Archive, home: str, care: str) -> None:
    draft = visits.keep(archive, draft=started(archive, home), content=content(care, means="上门", remark="好"))
    assert visits.finish(archive, draft=draft, today=TODAY) == draft.id
    assert counts(archive) == {"visit": 1, "visit_note": 1, "follow_up": 1}
    assert fields_of(archive, "visit", draft.id)["remark"] == "好"
    assert own(archive) == []


def test_a_visit_finished_twice_is_one_visit(archive: Archive, home: str, care: str) -> None:
    draft = visits.keep(archive, draft=started(archive, home), content=content(care))
    assert {visits.finish(archive, draft=draft, today=TODAY) for _ in range(3)} == {draft.id}
    assert counts(archive) == {"visit": 1, "visit_note": 1, "follow_up": 1}
    with archive.read() as reader:
        assert len(reader.log_of([draft.id])) == 1


def test_a_form_scanned_twice_leads_to_one_draft_and_one_visit(archive: Archive, home: str) -> None:
    code = visit_codes.write(VisitCode(home, VISIT))
    first = visits.start_from_form(archive, code=code)
    assert isinstance(first, Draft)
    typed = visits.keep(archive, draft=first, content=content(remark="第一次"))
    assert visits.start_from_form(archive, code=f" {code.lower()} \n") == typed
    visits.finish(archive, draft=typed, today=TODAY)
    again = visits.start_from_form(archive, code=code)
    assert isinstance(again, Draft)
    assert again.content["visit"]["remark"] == "第一次"
    visits.finish(archive, draft=again, today=TODAY)
    assert counts(archive)["visit"] == 1


def test_a_form_scanned_on_two_laptops_has_one_visit_id(archive: Archive, home: str, tmp_path: Path) -> None:
    archive.close()
    shutil.copytree(archive.folder, tmp_path / "other")
    ids = set()
    for folder in (archive.folder, tmp_path / "other"):
        opened = reopen(folder)
        draft = visits.start_from_form(opened, code=visit_codes.write(VisitCode(home, VISIT)))
        assert isinstance(draft, Draft)
        kept = visits.keep(opened, draft=draft, content=content())
        ids.add(str(visits.finish(opened, draft=kept, today=TODAY)))
        opened.close()
    assert ids == {VISIT}


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("", "code_not_ours"),
        ("http://a.b", "code_not_ours"),
        ("SQV1ABC", "code_damaged"),
        ("SQV1", "code_damaged"),
        ("SQV1💥", "code_damaged"),
    ],
)
def test_a_code_that_is_not_ours_or_not_whole_is_one_problem(archive: Archive, code: str, key: str) -> None:
    answer = visits.start_from_form(archive, code=code)
    assert isinstance(answer, Problem)
    assert answer.key == key


def test_a_form_of_a_household_that_is_not_here_is_one_problem(archive: Archive) -> None:
    answer = visits.start_from_form(archive, code=visit_codes.write(VisitCode(VISIT, VISIT)))
    assert isinstance(answer, Problem)
    assert answer.key == "no_such_record"


def test_two_people_of_one_laptop_do_not_see_or_lose_each_others_drafts(archive: Archive, home: str) -> None:
    unlocking.add_person(archive, user="王医生", passphrase=PASSPHRASE)
    mine = visits.keep(archive, draft=started(archive, home, VISIT), content=content(remark="我写的"))
    other = reopen(archive.folder, user="王医生", clock=Clock())
    theirs = started(other, home, VISIT)
    assert theirs.content["visit"] == {}
    theirs = visits.keep(other, draft=theirs, content=content(needs="她写的"))
    assert (own(archive), own(other)) == ([mine], [theirs])
    visits.finish(archive, draft=mine, today=TODAY)
    assert (own(archive), own(other)) == ([], [theirs])
    visits.finish(other, draft=theirs, today=TODAY)
    assert counts(archive)["visit"] == 1
    assert {"remark": "我写的", "needs": "她写的"}.items() <= fields_of(archive, "visit", VISIT).items()
    other.close()


def test_a_visit_with_problems_names_every_field_and_keeps_the_draft(archive: Archive, home: str, care: str) -> None:
    wrong = content(care, visited_on="2027-01-01", means="心灵感应")
    wrong["promises"] = [{"due_on": "2027-03-01"}]
    draft = visits.keep(archive, draft=started(archive, home), content=wrong)
    answer = visits.finish(archive, draft=draft, today=TODAY)
    assert isinstance(answer, list)
    assert {(problem.key, problem.field) for problem in answer} == {
        ("date_in_future", "visited_on"),
        ("code_unknown", "means"),
        ("needed", "promised"),
    }
    assert counts(archive) == {"visit": 0, "visit_note": 0, "follow_up": 0}
    assert own(archive) == [draft]


def test_a_draft_is_no_change_and_stands_in_no_log(archive: Archive, home: str) -> None:
    with archive.read() as reader:
        before = reader.connection.exec_driver_sql("SELECT count(*) FROM log").scalar()
    draft = started(archive, home)
    visits.keep(archive, draft=draft, content=content())
    with archive.read() as reader:
        assert reader.connection.exec_driver_sql("SELECT count(*) FROM log").scalar() == before
