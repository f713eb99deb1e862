"""Forms: what they show and save, problems beside their fields, undo, drafts, history, restoring, looking at masked values."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shequ_desktop.domain import codes
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services import adding, editing, form_drafts, household_view, past, question_view, resident_view, revealing
from shequ_desktop.services.editing import Saved
from shequ_desktop.services.values import read_typed
from shequ_desktop.storage import audit
from shequ_desktop.storage.archive import Archive
from tests.made import TODAY, edit, fields_of, id_number, reopen, save
from tests.ui.gacha import Gacha, make_gacha


@pytest.fixture
def gacha(archive: Archive) -> Gacha:
    return make_gacha(archive)


def saved(result: object) -> Saved:
    assert isinstance(result, Saved), result
    return result


def several(result: object) -> list[Saved]:
    assert isinstance(result, list), result
    assert all(isinstance(one, Saved) for one in result), result
    return result


def test_a_record_opened_in_a_form_and_saved_as_it_stands_changes_nothing(archive: Archive, gacha: Gacha) -> None:
    edit(archive, "resident", gacha.elder, subsidies=[row.code for row in codes.table("subsidy_kind").rows], ethnic_group="03")
    opened = editing.open_form(archive, kind="resident", record=gacha.elder)
    assert not isinstance(opened, Problem)
    read = read_typed(KINDS["resident"], {name: text for name, text in opened.typed.items() if text}, today=TODAY)
    assert read == dict(fields_of(archive, "resident", gacha.elder))


def test_a_save_is_taken_back_to_what_stood_before(archive: Archive, gacha: Gacha) -> None:
    typed = {"landmark": "水井东边", "village_group": "3 组"}
    done = saved(editing.save(archive, kind="household", record=gacha.overdue, typed=typed, today=TODAY))
    assert fields_of(archive, "household", gacha.overdue)["landmark"] == "水井东边"
    editing.undo(archive, saved=[done])
    fields = fields_of(archive, "household", gacha.overdue)
    assert fields["landmark"] == "井房往西第二户，蓝顶"
    assert "village_group" not in fields


def test_a_record_that_was_made_is_marked_as_a_mistake_when_taken_back(archive: Archive, gacha: Gacha) -> None:
    typed = {"resident": gacha.grandson, "care_kind": "child"}
    done = saved(editing.save(archive, kind="care_record", typed=typed, today=TODAY))
    editing.undo(archive, saved=[done])
    with archive.read() as reader:
        there = reader.record("care_record", done.record)
    assert there is not None
    assert there.retracted


def test_a_retraction_can_be_taken_back(archive: Archive, gacha: Gacha) -> None:
    done = saved(editing.retract(archive, kind="phone", record=gacha.phone))
    editing.undo(archive, saved=[done])
    with archive.read() as reader:
        assert gacha.phone in reader.records("phone", [gacha.phone])


def test_only_what_was_typed_otherwise_is_saved() -> None:
    assert editing.changed({"a": "1", "b": " 2"}, {"a": "1", "b": "2", "c": "", "d": "4"}) == {"d": "4"}


def test_a_new_household_comes_with_its_head_and_telephone_or_not_at_all(archive: Archive) -> None:
    typed = {"household": {"number": "047"}, "resident": {"name": "巴特尔"}, "phone": {"number": "13847901234"}}
    made = several(adding.add_household(archive, typed=typed, today=TODAY))
    assert [one.kind for one in made] == ["household", "resident", "membership", "phone"]
    view = household_view.household(archive, record=made[0].record)
    assert not isinstance(view, Problem)
    assert [(one.fields["name"], one.relation, len(one.phones)) for one in view.members] == [("巴特尔", "02", 1)]
    editing.undo(archive, saved=made)
    with archive.read() as reader:
        assert [reader.count(kind) for kind in ("household", "resident", "membership", "phone")] == [0, 0, 0, 0]


def test_problems_of_a_form_of_several_kinds_name_kind_and_field(archive: Archive) -> None:
    typed = {"household": {"area": "没有的地方"}, "resident": {"name": "", "id_number": "123"}, "phone": {"number": "12"}}
    problems = adding.add_household(archive, typed=typed, today=TODAY)
    fields = sorted(one.field for one in problems if isinstance(one, Problem))
    assert fields == ["household.area", "phone.number", "resident.id_number"]
    nameless = adding.add_household(archive, typed={"household": {}, "resident": {"name": ""}}, today=TODAY)
    assert [one.field for one in nameless if isinstance(one, Problem)] == ["resident.name"]
    with archive.read() as reader:
        assert reader.count("household") == 0


def test_somebody_from_the_archive_who_joins_leaves_where_they_were(archive: Archive, gacha: Gacha) -> None:
    typed = {"membership": {"relation": "41"}}
    made = several(adding.add_member(archive, household=gacha.quiet, typed=typed, today=TODAY, resident=gacha.grandson))
    view = resident_view.resident(archive, record=gacha.grandson)
    assert not isinstance(view, Problem)
    assert view.household == gacha.quiet
    assert [(home.household, bool(home.until)) for home in view.homes] == [(gacha.quiet, False), (gacha.overdue, True)]
    editing.undo(archive, saved=made)
    again = resident_view.resident(archive, record=gacha.grandson)
    assert not isinstance(again, Problem)
    assert again.household == gacha.overdue


def test_who_is_typed_is_looked_for_before_somebody_new_is_made(archive: Archive, gacha: Gacha) -> None:
    found = adding.likely(archive, words="斯琴")
    assert [(one.resident, one.household, one.home) for one in found] == [(gacha.elder, gacha.overdue, "斯琴高娃")]


def test_a_member_who_moves_out_stays_in_the_archive(archive: Archive, gacha: Gacha) -> None:
    view = household_view.household(archive, record=gacha.overdue)
    assert not isinstance(view, Problem)
    membership = view.members[1].membership
    done = saved(adding.move_out(archive, membership=membership, today=TODAY))
    after = household_view.household(archive, record=gacha.overdue)
    assert not isinstance(after, Problem)
    assert [one.resident for one in after.members] == [gacha.elder]
    editing.undo(archive, saved=[done])
    assert "until" not in fields_of(archive, "membership", membership)


def test_a_household_is_told_with_its_people_care_visits_and_promises(archive: Archive, gacha: Gacha) -> None:
    view = household_view.household(archive, record=gacha.overdue)
    assert not isinstance(view, Problem)
    assert view.head is not None
    assert (view.head.resident, view.risk, view.due) == (gacha.elder, "1", TODAY - timedelta(days=6))
    assert [(one.name, one.interval) for one in view.care] == [("斯琴高娃", 7)]
    assert [(note.name, note.fields["condition"]) for note in view.visits[0].notes] == [("斯琴高娃", "膝盖疼，睡不好")]
    assert view.visits[0].promised == ("把血压计带过去",)
    assert not view.visits[0].arrived
    assert isinstance(household_view.household(archive, record="no id"), Problem)


def test_a_resident_is_told_with_what_the_archive_still_lacks(archive: Archive, gacha: Gacha) -> None:
    view = resident_view.resident(archive, record=gacha.elder)
    assert not isinstance(view, Problem)
    assert view.lacking == ("ethnic_group", "residence_state")
    assert view.fields["sex"] == "2"
    care = resident_view.care(archive, record=gacha.care)
    assert not isinstance(care, Problem)
    assert (care.lacking, care.confirmed_by) == (("contact_name", "contact_phone", "living_with"), archive.user)
    assert isinstance(resident_view.care(archive, record=gacha.elder), Problem)


def test_history_tells_each_value_once_and_an_old_one_can_be_had_again(archive: Archive, gacha: Gacha) -> None:
    for landmark in ("水井东边", "公路边"):
        edit(archive, "household", gacha.overdue, landmark=landmark)
    lines = [line for line in past.of_household(archive, record=gacha.overdue) if line.field == "landmark"]
    assert [(line.value, line.user) for line in lines] == [
        ("公路边", archive.user), ("水井东边", archive.user), ("井房往西第二户，蓝顶", archive.user),
    ]  # fmt: skip
    done = past.restore(archive, line=lines[-1])
    assert fields_of(archive, "household", gacha.overdue)["landmark"] == "井房往西第二户，蓝顶"
    editing.undo(archive, saved=[saved(done)])
    assert fields_of(archive, "household", gacha.overdue)["landmark"] == "公路边"


def test_a_value_that_a_group_only_carried_along_is_told_once(archive: Archive, gacha: Gacha) -> None:
    edit(archive, "resident", gacha.elder, birth_words="正月二十八")
    told = [line for line in past.of_resident(archive, record=gacha.elder) if line.field == "id_number"]
    assert [line.value for line in told] == [id_number(7, born=TODAY.replace(year=1944, month=2, day=19))]


def test_a_draft_of_a_form_is_its_owners_own_and_outlives_the_program(archive: Archive, gacha: Gacha) -> None:
    content = {"typed": {"household.landmark": "水井"}, "focus": "household.landmark", "cursor": 2}
    form_drafts.keep(archive, form="form.household", about=gacha.overdue, content=content)
    form_drafts.keep(archive, form="form.household.new", about="", content={"typed": {"resident.name": "巴"}})
    archive.close()
    opened = reopen(archive.folder)
    assert form_drafts.kept(opened, form="form.household", about=gacha.overdue) == content
    assert form_drafts.kept(opened, form="form.household.new", about="") == {"typed": {"resident.name": "巴"}}
    assert form_drafts.kept(opened, form="form.household", about=gacha.due) == {}
    form_drafts.drop(opened, form="form.household", about=gacha.overdue)
    assert form_drafts.kept(opened, form="form.household", about=gacha.overdue) == {}
    opened.user = "巴图"
    assert form_drafts.kept(opened, form="form.household.new", about="") == {}
    opened.close()


def test_looking_at_a_masked_number_is_written_down_without_the_number(archive: Archive, gacha: Gacha) -> None:
    assert revealing.reveal(archive, kind="phone", record=gacha.phone, field="number") == "13847901234"
    with archive.read() as reader:
        line = audit.lines(reader.connection)[-1]
    assert line[1:] == (archive.user, "looked", f"phone.number {gacha.phone}")
    assert isinstance(revealing.reveal(archive, kind="phone", record=gacha.elder, field="number"), Problem)


def test_an_answer_to_a_question_is_written_and_taken_back(archive: Archive, gacha: Gacha) -> None:
    asked = question_view.asked(archive, question=gacha.question)
    assert not isinstance(asked, Problem)
    assert (asked.name, asked.ours, asked.paper, asked.can_take) == ("苏和", "1", "女", True)
    done = several(question_view.answer(archive, question=gacha.question, today=TODAY, value=""))
    assert fields_of(archive, "resident", gacha.grandson)["told_sex"] == "2"
    editing.undo(archive, saved=done)
    assert fields_of(archive, "resident", gacha.grandson)["told_sex"] == "1"
    assert not isinstance(question_view.asked(archive, question=gacha.question), Problem)


def test_a_question_about_where_somebody_lives_can_only_be_closed(archive: Archive, gacha: Gacha) -> None:
    question = save(
        archive,
        "question",
        about_kind="resident",
        about=gacha.elder,
        field="household",
        paper_value="047",
        reason="lives_elsewhere",
    )
    asked = question_view.asked(archive, question=question)
    assert not isinstance(asked, Problem)
    assert not asked.can_take
    assert several(question_view.answer(archive, question=question, today=TODAY, value=None))
    assert isinstance(question_view.asked(archive, question=question), Problem)
