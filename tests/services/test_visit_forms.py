"""What a visit's form is given, what it lacks, and how a finished visit is taken back or opened again."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.domain import visit_codes
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.visit_codes import VisitCode
from shequ_desktop.services import visit_checks, visit_forms, visit_list, visits
from shequ_desktop.services.visit_checks import HOME
from shequ_desktop.services.visit_forms import VisitForm
from shequ_desktop.services.visit_list import DRAFT, SENT, WAITING
from shequ_desktop.storage.archive import Archive
from tests.made import TODAY, fields_of, save, typed

VISIT = "01a0c450-6c00-7000-a238-e3a8ed1ecb8c"
WHOLE = {"visited_on": "2026-11-24", "outcome": "11"}


@dataclass(frozen=True)
class Home:
    household: str
    elder: str
    child: str


@pytest.fixture
def home(archive: Archive) -> Home:
    household = typed(archive, "household", number="017")
    cares = []
    for name, kind, relation in (("苏和", "child", "40"), ("巴特尔", "elder", "02")):
        resident = typed(archive, "resident", name=name)
        save(archive, "membership", household=household, resident=resident, relation=relation)
        cares.append(typed(archive, "care_record", resident=resident, care_kind=kind))
    return Home(household, elder=cares[1], child=cares[0])


def opened(archive: Archive, named: str) -> VisitForm:
    form = visit_forms.open_named(archive, named=named)
    assert isinstance(form, VisitForm), form
    return form


def finish(archive: Archive, form: VisitForm, **content: object) -> str:
    done = visits.finish(archive, draft=replace(form.draft, content={"seen": 0, **content}), today=TODAY)
    assert isinstance(done, str), done
    return done


def test_the_form_has_a_page_for_each_open_care_record_the_heads_first(archive: Archive, home: Home) -> None:
    form = opened(archive, home.household)
    assert (form.head, form.saved) == ("巴特尔", False)
    assert [(care.name, care.care_kind) for care in form.cares] == [("巴特尔", "elder"), ("苏和", "child")]


def test_a_closed_care_record_has_a_page_only_where_something_stands_on_it(archive: Archive, home: Home) -> None:
    with archive.write() as work:
        work.edit("care_record", home.child, {"closed_on": "2026-11-20"})
    form = opened(archive, home.household)
    assert [care.care_record for care in form.cares] == [home.elder]
    visits.keep(archive, draft=form.draft, content={"notes": [{"care_record": home.child, "condition": "好"}], "seen": 0})
    assert [care.care_record for care in opened(archive, form.draft.id).cares] == [home.elder, home.child]


def test_a_household_with_a_draft_leads_to_it_and_not_to_a_second_one(archive: Archive, home: Home) -> None:
    first = opened(archive, home.household)
    assert opened(archive, home.household).draft.id == first.draft.id
    assert opened(archive, first.draft.id).draft == first.draft


def test_a_code_leads_to_the_visit_that_stands_on_the_paper(archive: Archive, home: Home) -> None:
    code = visit_codes.write(VisitCode(home.household, VISIT))
    assert opened(archive, code).draft.id == VISIT
    assert opened(archive, code.lower() + " ").draft.id == VISIT
    assert visit_forms.open_named(archive, named=code[:-3]) == Problem("code_damaged")


def test_earlier_visits_stand_beside_with_their_numbers_and_pages(archive: Archive, home: Home) -> None:
    for day in ("2026-09-01", "2026-10-01"):
        form = opened(archive, home.household)
        note = {"care_record": home.elder, "condition": day}
        finish(archive, form, visit={**WHOLE, "visited_on": day}, notes=[note], promises=[])
    past = opened(archive, home.household).past
    assert [(one.number, one.fields["visited_on"]) for one in past] == [(2, "2026-10-01"), (1, "2026-09-01")]
    assert past[0].notes[home.elder]["condition"] == "2026-10-01"


def test_what_a_draft_lacks_and_what_is_wrong_in_it_are_told_apart() -> None:
    content = {
        "visit": {"visited_on": "2026-11-31", "means": "飞鸽"},
        "notes": [{"care_record": "c", "outcome": "?"}],
        "promises": [{"promised": "煤", "due_on": ""}],
    }
    found = [(one.page, one.field, one.row, one.problem.key, one.later) for one in visit_checks.faults(content, today=TODAY)]
    assert found == [
        (HOME, "visited_on", -1, "not_a_date", False),
        (HOME, "means", -1, "code_unknown", False),
        (HOME, "outcome", -1, "needed", True),
        (HOME, "due_on", 0, "needed", True),
        ("c", "outcome", -1, "code_unknown", False),
    ]


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(["visited_on", "means", "outcome", "needs", "remark"]), st.text(max_size=12)))
def test_any_text_can_be_checked_and_a_faultless_one_reads(visit: dict[str, str]) -> None:
    found = visit_checks.faults({"visit": visit}, today=TODAY)
    lacking = {one.field for one in found if one.later}
    assert lacking == {name for name in ("visited_on", "outcome") if not visit.get(name, "").strip()}


def test_a_promise_kept_by_this_visit_is_done_on_its_day(archive: Archive, home: Home) -> None:
    promise = save(archive, "follow_up", household=home.household, promised="煤")
    form = opened(archive, home.household)
    assert [one.follow_up for one in form.promises] == [promise]
    finish(archive, form, visit=WHOLE, done=[promise])
    assert fields_of(archive, "follow_up", promise)["done_on"] == "2026-11-24"


def test_a_finished_visit_taken_back_is_a_draft_again_and_finishes_again(archive: Archive, home: Home) -> None:
    promise = save(archive, "follow_up", household=home.household, promised="煤")
    form = opened(archive, home.household)
    draft = replace(form.draft, content={"visit": WHOLE, "promises": [{"promised": "药"}], "done": [promise], "seen": 0})
    assert visits.finish(archive, draft=draft, today=TODAY) == draft.id
    visits.take_back(archive, draft=draft)
    with archive.read() as reader:
        assert (reader.count("visit"), reader.count("follow_up")) == (0, 1)
    assert "done_on" not in fields_of(archive, "follow_up", promise)
    assert opened(archive, draft.id).draft.content["visit"] == WHOLE
    assert visits.finish(archive, draft=draft, today=TODAY) == draft.id
    with archive.read() as reader:
        assert (reader.count("visit"), reader.count("follow_up")) == (1, 2)


def test_a_promise_reworded_on_a_finished_visit_stays_one_promise(archive: Archive, home: Home) -> None:
    form = opened(archive, home.household)
    visit = finish(archive, form, visit=WHOLE, promises=[{"promised": "药"}])
    again = opened(archive, visit)
    assert again.saved
    promise = dict(again.draft.content["promises"][0])
    finish(archive, again, visit=WHOLE, promises=[{**promise, "promised": "膝盖的药"}])
    with archive.read() as reader:
        assert [one.fields["promised"] for one in reader.where("follow_up", visit=visit)] == ["膝盖的药"]


def test_the_list_tells_drafts_finished_and_sent_ones_apart(archive: Archive, home: Home) -> None:
    finished = finish(archive, opened(archive, home.household), visit=WHOLE)
    draft = opened(archive, home.household).draft
    states = {one.id: one.state for one in visit_list.listed(archive, today=TODAY).rows}
    assert states == {draft.id: DRAFT, finished: WAITING}
    assert visit_list.drafts_kept(archive, TODAY) == 1
    whole = visit_list.whole(archive, visit=finished)
    assert whole is not None
    assert whole.fields["outcome"] == "11"
    assert SENT not in states.values()
