"""A few made-up households for tests of pages: in care, visited and not, with a promise, a question, a finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from shequ_desktop.storage.archive import Archive
from tests.made import TODAY, id_number, save

LONGEST = "乌云毕力格其其格玛"


@dataclass(frozen=True, slots=True)
class Gacha:
    """Ids of what was made."""

    overdue: str
    elder: str
    care: str
    phone: str
    grandson: str
    due: str
    newly: str
    quiet: str
    promise: str
    question: str


def before(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def household(archive: Archive, head: str, **fields: str) -> tuple[str, str]:
    """(household, its head)"""
    home = save(archive, "household", **fields)
    person = save(archive, "resident", name=head, told_sex="2", told_birth_date="1944-02-19")
    save(archive, "membership", household=home, resident=person, relation="02")
    return home, person


def in_care(archive: Archive, person: str, *, risk: str = "", opened: int = 100, kind: str = "elder", **fields: str) -> str:
    given = {"risk": risk} if risk else {}
    return save(archive, "care_record", resident=person, care_kind=kind, opened_on=before(opened), **given, **fields)


def visited(archive: Archive, home: str, *, days: int, condition: str = "", care: str = "") -> str:
    visit = save(archive, "visit", household=home, visited_on=before(days), means="10", outcome="11", visitors="乌云")
    if care:
        save(archive, "visit_note", visit=visit, care_record=care, condition=condition)
    return visit


def make_gacha(archive: Archive) -> Gacha:
    """One overdue, one due today, one newly listed, one in no care."""
    overdue, elder = household(archive, "斯琴高娃", number="2501047", order_number="3", landmark="井房往西第二户，蓝顶")
    number = id_number(7, born=date(1944, 2, 19))
    with archive.write() as work:
        work.edit("resident", elder, {"id_number": number, "alias": "高娃额吉", "told_sex": "2"})
    care = in_care(archive, elder, risk="1", label="独居老人", worker="乌云")
    phone = save(archive, "phone", resident=elder, number="13847901234", whose="本人")
    grandson = save(archive, "resident", name="苏和", told_sex="1", told_birth_date="2016-09-20")
    save(archive, "membership", household=overdue, resident=grandson, relation="41")
    visit = visited(archive, overdue, days=13, condition="膝盖疼，睡不好", care=care)
    due, head = household(archive, LONGEST, order_number="12")
    in_care(archive, head, risk="2", kind="woman")
    visited(archive, due, days=30)
    newly, third = household(archive, "敖登格日勒")
    in_care(archive, third, opened=1)
    quiet, _ = household(archive, "巴特尔", landmark="冬营地")
    promise = save(
        archive, "follow_up", household=overdue, visit=visit, promised="把血压计带过去", due_on=before(6), care_record=care
    )
    question = save(
        archive,
        "question",
        about_kind="resident",
        about=grandson,
        field="told_sex",
        paper_value="女",
        reason="sex_differs_from_number",
    )
    return Gacha(overdue, elder, care, phone, grandson, due, newly, quiet, promise, question)
