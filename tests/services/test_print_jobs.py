"""Forms filled from an archive: for whom, with what, masked or whole, whole file or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
import sqlalchemy as sa

from shequ_desktop import wording
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import print_jobs, print_wanted
from shequ_desktop.services.print_jobs import Job, Order
from shequ_desktop.services.print_wanted import Pair
from shequ_desktop.storage.archive import Archive
from tests.made import TODAY, id_number, save

NOW = datetime(2026, 11, 25, 10, 2, tzinfo=UTC)
NUMBER, CHILD_NUMBER = id_number(7), id_number(9, sex="1")
NAME_MN = "\u182a\u1820\u1832\u1824"


def speak(key: str) -> str:
    return wording.catalogue("zh_CN")[key]


@dataclass(frozen=True)
class Home:
    """One household: an elder at its head, a child, and their care records."""

    household: str
    elder: str
    child: str
    elder_care: str
    child_care: str


@pytest.fixture
def home(archive: Archive) -> Home:
    return make_home(archive)


def make_home(archive: Archive, name: str = "斯琴高娃", number: str = "0412") -> Home:
    household = save(archive, "household", number=number, address="陶力嘎查1组", area="152501200201")
    elder = save(archive, "resident", name=name, name_mn=NAME_MN, id_number=NUMBER, ethnic_group="05")
    child = save(archive, "resident", name="娜仁", id_number=CHILD_NUMBER, health_status="10")
    save(archive, "membership", household=household, resident=elder, relation="02")
    save(archive, "membership", household=household, resident=child, relation="20")
    save(archive, "phone", resident=elder, number="13847902206")
    elder_care = save(
        archive, "care_record", resident=elder, care_kind="elder", risk="1", opened_on="2026-01-05", label="独居老人"
    )
    child_care = save(archive, "care_record", resident=child, care_kind="child", risk="2", opened_on="2026-01-06")
    save(archive, "follow_up", household=household, promised="带血压计来量一次", due_on="2026-11-18")
    return Home(household, elder, child, elder_care, child_care)


def print_(archive: Archive, form: str, wanted: list[Pair], out: Path, *, scripts: bool = False, from_page: int = 1) -> Job:
    order = Order(form=form, scripts=scripts, from_page=from_page)
    job = print_jobs.print_forms(archive, order, wanted, out=out, speak=speak, printed_at=NOW)
    assert isinstance(job, Job), job
    return job


def text_of(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("form", [name for name in print_jobs.NAMES if name != print_jobs.TEST_PAGE])
@pytest.mark.parametrize("scripts", [False, True])
def test_every_form_is_printed_for_those_due(archive: Archive, home: Home, tmp_path: Path, form: str, scripts: bool) -> None:
    wanted = print_wanted.due_ones(archive, form, on=TODAY)
    fitting = {"woman-registration": 0, "other-registration": 0, "home-visit-woman": 0, "care-plan": 2}
    assert len(wanted) == fitting.get(form, 1)
    if not wanted:
        return
    job = print_(archive, form, wanted, tmp_path / "f.pdf", scripts=scripts)
    assert (job.forms, job.boxed, job.without_household) == (len(wanted), (), 0)
    text = text_of(tmp_path / "f.pdf")
    assert "斯琴" in text or "娜仁" in text
    assert "陈静 2026-11-25 10:02" in text
    assert (NAME_MN in text) == (scripts and form not in ("child-registration", "entrusted-care"))


@pytest.mark.parametrize(
    ("form", "whole"), [("elder-registration", True), ("care-plan", False), ("household-card", False), ("home-visit", False)]
)
def test_numbers_are_masked_unless_the_form_needs_them(
    archive: Archive, home: Home, tmp_path: Path, form: str, whole: bool
) -> None:
    print_(archive, form, print_wanted.all_ones(archive, form), tmp_path / "f.pdf")
    text = text_of(tmp_path / "f.pdf")
    assert (NUMBER in text) == whole
    assert ("13847902206" in text) == whole
    assert (NUMBER[:4] + "*" * 10 + NUMBER[-4:] in text) == (not whole)


def test_the_visit_form_of_a_kind_asks_after_those_people_only(archive: Archive, home: Home, tmp_path: Path) -> None:
    print_(archive, "home-visit-child", [(home.household, "")], tmp_path / "f.pdf")
    text = text_of(tmp_path / "f.pdf")
    assert "儿童走访登记表" in text
    assert "上学路远" in text
    assert "独居老人" not in text


@pytest.mark.parametrize(
    ("form", "named", "found"),
    [
        ("home-visit", "household", "household"),
        ("home-visit", "elder", "household"),
        ("household-card", "elder_care", "household"),
        ("elder-registration", "household", "elder_care"),
        ("elder-registration", "elder", "elder_care"),
        ("entrusted-care", "child_care", "child_care"),
    ],
)
def test_a_form_finds_its_subject_from_any_record_of_it(archive: Archive, home: Home, form: str, named: str, found: str) -> None:
    assert print_wanted.named_ones(archive, form, records=[getattr(home, named)]) == [(getattr(home, found), "")]


@pytest.mark.parametrize(
    ("form", "named"), [("elder-registration", "child_care"), ("due-list", "household"), ("woman-registration", "elder")]
)
def test_a_record_that_a_form_is_not_about_is_a_problem(archive: Archive, home: Home, form: str, named: str) -> None:
    answer = print_wanted.named_ones(archive, form, records=[getattr(home, named)])
    assert isinstance(answer, Problem)
    assert answer.key == "print.not_about"


def test_an_unknown_or_retracted_record_is_a_problem(archive: Archive, home: Home) -> None:
    with archive.write() as work:
        work.retract("care_record", home.child_care)
    for record in ("nonsense", home.child_care, "0193a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b"):
        answer = print_wanted.named_ones(archive, "entrusted-care", records=[record])
        assert isinstance(answer, Problem)
        assert answer.key == "no_such_record"


def test_a_person_in_care_without_a_household_has_a_registration_form_and_stands_on_the_overview(
    archive: Archive, tmp_path: Path
) -> None:
    alone = save(archive, "resident", name="额尔敦")
    care = save(archive, "care_record", resident=alone, care_kind="other", opened_on="2026-01-05")
    assert print_wanted.due_ones(archive, "other-registration", on=TODAY) == [(care, "")]
    print_(archive, "other-registration", [(care, "")], tmp_path / "r.pdf")
    assert "额尔敦" in text_of(tmp_path / "r.pdf")
    job = print_(archive, "due-list", print_wanted.due_ones(archive, "due-list", on=TODAY), tmp_path / "l.pdf")
    assert job.forms == 1
    assert "额尔敦" in text_of(tmp_path / "l.pdf")


def test_a_booklet_goes_on_with_the_form_that_holds_the_page(archive: Archive, tmp_path: Path) -> None:
    homes = [make_home(archive, f"第{number}户", str(number)) for number in range(4)]
    wanted = [(one.household, "") for one in homes]
    job = print_(archive, "home-visit", wanted, tmp_path / "f.pdf", from_page=6)
    assert (job.forms, job.pages) == (2, 4)
    text = text_of(tmp_path / "f.pdf")
    assert "第2户" in text
    assert "第1户" not in text
    order = Order(from_page=9)
    answer = print_jobs.print_forms(archive, order, wanted, out=tmp_path / "g.pdf", speak=speak, printed_at=NOW)
    assert isinstance(answer, Problem)
    assert answer.key == "print.nothing"
    assert not (tmp_path / "g.pdf").exists()


def test_a_cancelled_print_leaves_no_file_and_no_line_in_the_audit(archive: Archive, home: Home, tmp_path: Path) -> None:
    before = audit_lines(archive)
    answer = print_jobs.print_forms(
        archive, Order(), [(home.household, "")], out=tmp_path / "f.pdf", speak=speak, printed_at=NOW, cancelled=lambda: True
    )
    assert isinstance(answer, Problem)
    assert list(tmp_path.glob("*.pdf")) == []
    assert audit_lines(archive) == before
    print_(archive, "care-plan", [(home.elder_care, "")], tmp_path / "f.pdf")
    assert audit_lines(archive) == [*before, ("printed", "care-plan 1")]


def audit_lines(archive: Archive) -> list[tuple[str, str]]:
    with archive.read() as reader:
        found = reader.connection.execute(sa.text("SELECT act, detail FROM audit WHERE act = 'printed' ORDER BY rowid"))
        return [(row.act, row.detail) for row in found]


@pytest.mark.parametrize("form", print_jobs.NAMES)
@pytest.mark.parametrize("filled", [False, True])
def test_blank_forms_samples_and_the_test_page_need_no_archive(tmp_path: Path, form: str, filled: bool) -> None:
    order = Order(form=form, scripts=True)
    job = print_jobs.print_without_archive(order, out=tmp_path / "f.pdf", speak=speak, filled=filled)
    assert isinstance(job, Job)
    assert job.forms == 1
    name = {"child-registration": "娜仁", "entrusted-care": "娜仁", "woman-registration": "其其格"}.get(form, "高娃")
    assert (name in text_of(tmp_path / "f.pdf")) == (filled and form != print_jobs.TEST_PAGE)


def test_terms_that_nobody_reviewed_are_named_beforehand_and_only_for_both_scripts() -> None:
    assert print_jobs.unreviewed(Order(form="home-visit"), speak=speak) == ()
    assert print_jobs.unreviewed(Order(form="test-page", scripts=True), speak=speak) == ()
    named = print_jobs.unreviewed(Order(form="home-visit", scripts=True), speak=speak)
    assert "入户走访登记表" in named
    named = print_jobs.unreviewed(Order(form="due-list", scripts=True), speak=speak)
    assert named == ("住址", "户主", "走访", "风险等级")


def test_a_name_that_the_mongolian_face_lacks_is_named_beforehand_where_it_is_drawn(archive: Archive, home: Home) -> None:
    strange = save(archive, "resident", name="巴图", name_mn=NAME_MN + "\u18af")
    save(archive, "membership", household=home.household, resident=strange, relation="20")
    wanted = [(home.household, "")]
    told = {
        scripts: print_jobs.boxed_beforehand(
            archive, wanted, speak=speak, printed_at=NOW, order=Order(form="household-card", scripts=scripts)
        )
        for scripts in (False, True)
    }
    assert told == {False: [], True: [NAME_MN + "\u18af"]}
