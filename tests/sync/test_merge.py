"""What the league decides about one arriving change: one test a rule."""

from __future__ import annotations

from typing import Any

import pytest

from shequ_desktop.domain.changes import RETRACTED, Change, Outcome
from shequ_desktop.domain.fields import Field, Kind, Type
from shequ_desktop.sync.merge import Head

IDENTITY = {"id_kind": None, "id_number": None, "told_sex": None, "told_birth_date": None, "birth_words": None}


class League:
    """Decides changes of one record one after another."""

    def __init__(self) -> None:
        self.head = Head()
        self.seq = 0

    def arrives(
        self,
        device: str,
        n: int,
        seen: int,
        fields: dict[str, Any],
        *,
        fair: int = 0,
        kind: str = "resident",
        incarnation: int = 1,
    ) -> Outcome:
        self.seq += 1
        change = Change(device, incarnation, n, kind, "r", fields, seen, device, fair)
        return self.head.decide(change, seq=self.seq, fair_ms=fair or self.seq)


@pytest.fixture
def league() -> League:
    return League()


def test_a_creation_stands(league: League) -> None:
    assert league.arrives("a", 1, 0, {"name": "其其格", "remark": "新"}, fair=7) == Outcome(1, 7)


def test_an_edit_that_saw_what_stands_replaces_it_whatever_its_clock_says(league: League) -> None:
    league.arrives("a", 1, 0, {"remark": "旧"}, fair=900)
    assert league.arrives("b", 1, 1, {"remark": "新"}, fair=1) == Outcome(2, 1)


def test_a_devices_own_earlier_edit_counts_as_seen_before_it_was_ever_synced(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"})
    assert league.arrives("a", 2, 0, {"name": "琪琪格"}).lost == frozenset()


def test_the_same_device_in_another_incarnation_has_not_seen_it(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"})
    assert league.arrives("a", 2, 0, {"name": "琪琪格"}, incarnation=2).lost == {"name"}


def test_the_later_fair_time_stands_and_the_pair_is_reported(league: League) -> None:
    league.arrives("a", 1, 0, {"remark": "早"}, fair=100)
    assert league.arrives("b", 1, 0, {"remark": "晚"}, fair=200) == Outcome(2, 200, unseen=(1,))
    assert league.head.standing["remark"].values == {"remark": "晚"}


def test_an_earlier_fair_time_that_arrives_later_loses_and_is_reported(league: League) -> None:
    league.arrives("a", 1, 0, {"remark": "晚"}, fair=200)
    assert league.arrives("b", 1, 0, {"remark": "早"}, fair=100) == Outcome(2, 100, frozenset({"remark"}), (1,))
    assert league.head.standing["remark"].values == {"remark": "晚"}


def test_equal_fair_times_go_by_the_leagues_order(league: League) -> None:
    league.arrives("a", 1, 0, {"remark": "一"}, fair=100)
    assert league.arrives("b", 1, 0, {"remark": "二"}, fair=100) == Outcome(2, 100, unseen=(1,))


def test_under_review_what_stood_first_stands_whatever_the_clocks_say(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"}, fair=100)
    assert league.arrives("b", 1, 0, {"name": "琪琪格"}, fair=999) == Outcome(2, 999, frozenset({"name"}), (1,))
    assert league.head.standing["name"].values == {"name": "其其格"}


def test_the_same_value_typed_twice_is_no_conflict(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"})
    assert league.arrives("b", 1, 0, {"name": "其其格"}) == Outcome(2, 2)


def test_empty_is_empty_however_it_is_written(league: League) -> None:
    league.arrives("a", 1, 0, {"name": None})
    assert league.arrives("b", 1, 0, {"name": ""}) == Outcome(2, 2)


def test_different_fields_are_no_conflict(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"})
    assert league.arrives("b", 1, 0, {"remark": "门前有井"}) == Outcome(2, 2)


def test_different_fields_of_one_group_are_a_conflict(league: League) -> None:
    league.arrives("a", 1, 0, {**IDENTITY, "id_number": "11010519491231002X"})
    outcome = league.arrives("b", 1, 0, {**IDENTITY, "told_birth_date": "1950"})
    assert outcome.lost == {"identity"}
    assert league.head.standing["identity"].values == {"id_number": "11010519491231002X"}


def test_of_one_save_one_group_may_wait_while_the_other_stands(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"})
    assert league.arrives("b", 1, 0, {"name": "琪琪格", "remark": "新"}).lost == {"name"}
    assert league.head.standing["remark"].values == {"remark": "新"}


def test_who_saw_only_one_of_two_that_said_the_same_has_not_seen_the_other(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"})
    league.arrives("b", 1, 0, {"name": "其其格"})
    assert league.arrives("b", 2, 0, {"name": "琪琪格"}) == Outcome(3, 3, frozenset({"name"}), (1,))


def test_when_both_who_said_the_same_have_changed_their_minds_alike_that_stands(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"})
    league.arrives("b", 1, 0, {"name": "其其格"})
    assert league.arrives("a", 2, 0, {"name": "琪琪格"}) == Outcome(3, 3, frozenset({"name"}), (2,))
    assert league.arrives("b", 2, 0, {"name": "琪琪格"}) == Outcome(4, 4)
    assert league.head.standing["name"].values == {"name": "琪琪格"}


def test_added_and_removed_elements_of_a_set_are_both_applied(league: League) -> None:
    league.arrives("a", 1, 0, {"subsidies": {"add": ["01", "02"], "remove": []}})
    assert league.arrives("b", 1, 0, {"subsidies": {"add": ["03"], "remove": []}}) == Outcome(2, 2)
    assert league.arrives("c", 1, 1, {"subsidies": {"add": [], "remove": ["01"]}}) == Outcome(3, 3)


def test_a_change_that_comes_after_its_own_writer_went_on_is_old_and_no_conflict(league: League) -> None:
    league.arrives("a", 2, 0, {"remark": "第二次"}, fair=1)
    assert league.arrives("a", 1, 0, {"remark": "第一次"}, fair=9) == Outcome(2, 9, frozenset({"remark"}))


def test_a_field_and_a_kind_of_a_newer_version_are_kept_and_the_later_stands(league: League) -> None:
    league.arrives("a", 1, 0, {"colour": "red", "shape": "round"}, kind="yurt", fair=5)
    outcome = league.arrives("b", 1, 0, {"colour": "blue"}, kind="yurt", fair=3)
    assert outcome == Outcome(2, 3, frozenset({"colour"}), (1,))


def test_another_version_of_the_declarations_can_be_given() -> None:
    one = Kind(
        "yurt", "蒙古包", (Field("colour", Type.TEXT, "颜色", group="look"), Field("shape", Type.TEXT, "形状", group="look"))
    )
    head = Head(kinds={"yurt": one})
    head.decide(Change("a", 1, 1, "yurt", "r", {"colour": "red", "shape": None}, 0, "a", 0), seq=1, fair_ms=9)
    outcome = head.decide(Change("b", 1, 1, "yurt", "r", {"colour": None, "shape": "round"}, 0, "b", 0), seq=2, fair_ms=1)
    assert outcome.lost == {"look"}


def test_a_retraction_whose_writer_saw_everything_stands(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"})
    assert league.arrives("b", 1, 1, {RETRACTED: True}) == Outcome(2, 2)
    assert league.head.retraction is not None


def test_a_retraction_whose_writer_had_not_seen_an_edit_waits(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"})
    league.arrives("a", 2, 0, {"remark": "一"})
    league.arrives("a", 3, 0, {"remark": "二"})
    assert league.arrives("b", 1, 1, {RETRACTED: True}) == Outcome(4, 4, frozenset({RETRACTED}), (3,))
    assert league.head.retraction is None


def test_a_retraction_waits_also_for_an_unseen_edit_that_itself_waits(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"})
    league.arrives("b", 1, 0, {"name": "琪琪格"})
    assert league.arrives("c", 1, 1, {RETRACTED: True}).lost == {RETRACTED}


def test_two_people_who_retract_agree(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"})
    league.arrives("b", 1, 1, {RETRACTED: True})
    assert league.arrives("c", 1, 1, {RETRACTED: True}) == Outcome(3, 3)


def test_who_retracts_what_is_retracted_already_need_not_have_seen_the_work_before(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"})
    league.arrives("a", 2, 0, {RETRACTED: True})
    assert league.arrives("b", 1, 0, {RETRACTED: True}) == Outcome(3, 3)


def test_a_retraction_that_waits_does_not_hinder_another_whose_writer_saw_the_work(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"})
    league.arrives("b", 1, 0, {RETRACTED: True})
    assert league.arrives("c", 1, 1, {RETRACTED: True}) == Outcome(3, 3)


def test_an_edit_that_had_not_seen_the_retraction_brings_the_record_back(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"})
    league.arrives("b", 1, 1, {RETRACTED: True})
    assert league.arrives("c", 1, 1, {"remark": "昨天见过"}) == Outcome(3, 3, unseen=(2,), revives=True)
    assert league.head.retraction is None


def test_an_edit_that_had_seen_the_retraction_does_not_bring_the_record_back(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"})
    league.arrives("b", 1, 1, {RETRACTED: True})
    assert league.arrives("c", 1, 2, {"remark": "错登"}) == Outcome(3, 3)
    assert league.head.retraction is not None


def test_an_edit_that_its_own_writer_made_before_retracting_does_not_bring_the_record_back(league: League) -> None:
    league.arrives("b", 2, 0, {RETRACTED: True})
    assert league.arrives("b", 1, 0, {"remark": "迟到"}).revives is False


def test_who_saw_the_retraction_can_take_it_back(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"})
    league.arrives("b", 1, 1, {RETRACTED: True})
    assert league.arrives("c", 1, 2, {RETRACTED: False}) == Outcome(3, 3, revives=True)


def test_a_retraction_that_had_not_seen_another_being_taken_back_waits(league: League) -> None:
    league.arrives("a", 1, 0, {"name": "其其格"})
    league.arrives("b", 1, 1, {RETRACTED: True})
    league.arrives("c", 1, 2, {RETRACTED: False})
    assert league.arrives("d", 1, 2, {RETRACTED: True}) == Outcome(4, 4, frozenset({RETRACTED}), (3,))


def test_rows_that_everybody_saw_are_not_needed_to_decide(league: League) -> None:
    for n in range(1, 4):
        league.arrives("a", n, 0, {"name": f"名{n}"})
    newest = Head(league.head.rows[2:])
    assert newest.decide(Change("b", 1, 1, "resident", "r", {"name": "别"}, 2, "b", 0), seq=4, fair_ms=4).unseen == (3,)
    assert Head().decide(Change("b", 1, 1, "resident", "r", {"name": "别"}, 3, "b", 0), seq=4, fair_ms=4) == Outcome(4, 4)
