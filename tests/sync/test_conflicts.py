"""Conflicts and history as views of the log: what a person is asked, and what stays readable."""

from __future__ import annotations

from typing import Any

import pytest

from shequ_desktop.domain.changes import RETRACTED, Change, Conflict, Logged
from shequ_desktop.domain.records import KINDS
from shequ_desktop.sync.conflicts import conflicts_of, history_of
from shequ_desktop.sync.merge import Head

LIFE = {"residence_state": None, "residence_place": None, "residence_since": None}


class Log:
    """One record's rows as the league decides them."""

    def __init__(self) -> None:
        self.head = Head()

    def write(self, device: str, n: int, seen: int, fields: dict[str, Any], *, fair: int = 0) -> int:
        seq = len(self.head.rows) + 1
        change = Change(device, 1, n, "resident", "r", fields, seen, f"user-{device}", fair)
        self.head.decide(change, seq=seq, fair_ms=fair or seq)
        return seq

    @property
    def conflicts(self) -> list[Conflict]:
        return conflicts_of(self.head.rows, KINDS["resident"])

    @property
    def open(self) -> list[Conflict]:
        return [conflict for conflict in self.conflicts if conflict.open]

    def became(self, field: str) -> list[tuple[Any, str]]:
        return [(past.value, past.became) for past in history_of(self.head.rows, field)]


@pytest.fixture
def log() -> Log:
    log = Log()
    log.write("a", 1, 0, {"name": "其其格", "remark": "初"})
    return log


def values(conflict: Conflict, field: str) -> list[Any]:
    return [side.fields[field] for side in conflict.sides]


def test_two_names_written_apart_are_one_open_conflict_with_base_and_both_sides(log: Log) -> None:
    log.write("b", 1, 1, {"name": "琪琪格"}, fair=100)
    log.write("c", 1, 1, {"name": "齐齐格"}, fair=50)
    (conflict,) = log.open
    assert conflict.base == {"name": "其其格"}
    assert values(conflict, "name") == ["琪琪格", "齐齐格"]
    assert [(s.n, s.seq, s.user, s.device, s.time_ms, s.stands) for s in conflict.sides] == [
        (1, 2, "user-b", "b", 100, True),
        (2, 3, "user-c", "c", 50, False),
    ]
    assert log.became("name") == [("其其格", "superseded"), ("琪琪格", "stands"), ("齐齐格", "waits")]


def test_a_side_carries_its_whole_group(log: Log) -> None:
    log.write("b", 1, 1, {**LIFE, "residence_state": "03", "residence_place": "呼和浩特"})
    log.write("c", 1, 1, {**LIFE, "residence_state": "09"})
    (conflict,) = log.open
    assert [side.fields for side in conflict.sides] == [
        {"residence_state": "03", "residence_place": "呼和浩特", "residence_since": None},
        {"residence_state": "09", "residence_place": None, "residence_since": None},
    ]


def test_one_device_editing_twice_before_syncing_is_one_conflict(log: Log) -> None:
    log.write("b", 1, 1, {"name": "琪琪格"})
    log.write("c", 1, 1, {"name": "齐齐格"})
    log.write("c", 2, 1, {"name": "奇奇格"})
    (conflict,) = log.conflicts
    assert values(conflict, "name") == ["琪琪格", "奇奇格"]
    assert log.became("name")[2:] == [("齐齐格", "superseded"), ("奇奇格", "waits")]


def test_a_change_that_saw_all_sides_decides_and_the_conflict_stays_readable(log: Log) -> None:
    log.write("b", 1, 1, {"name": "琪琪格"})
    log.write("c", 1, 1, {"name": "齐齐格"})
    before = log.open[0].id
    log.write("a", 2, 3, {"name": "齐齐格"}, fair=77)
    (conflict,) = log.conflicts
    assert (conflict.open, conflict.id) == (False, before)
    assert conflict.decided_by == {"seq": 4, "fields": {"name": "齐齐格"}, "user": "user-a", "device": "a", "time_ms": 77}
    assert [side.stands for side in conflict.sides] == [False, True]
    assert log.became("name") == [
        ("其其格", "superseded"),
        ("琪琪格", "superseded"),
        ("齐齐格", "superseded"),
        ("齐齐格", "stands"),
    ]


def test_a_decided_conflict_tells_what_was_decided_whatever_came_later(log: Log) -> None:
    log.write("b", 1, 1, {"name": "琪琪格"})
    log.write("c", 1, 1, {"name": "齐齐格"})
    log.write("a", 2, 3, {"name": "齐齐格"})
    log.write("a", 3, 4, {"name": "琪琪格"})
    (conflict,) = log.conflicts
    assert [side.stands for side in conflict.sides] == [False, True]


def test_a_change_that_saw_one_side_leaves_the_conflict_open(log: Log) -> None:
    log.write("b", 1, 1, {"name": "琪琪格"})
    log.write("c", 1, 1, {"name": "齐齐格"})
    log.write("d", 1, 2, {"name": "高娃"})
    (conflict,) = log.conflicts
    assert values(conflict, "name") == ["齐齐格", "高娃"]
    assert conflict.base == {"name": "其其格"}


def test_a_change_that_saw_two_of_three_sides_decides_those_two(log: Log) -> None:
    for seq, name in enumerate(("甲", "乙", "丙"), 2):
        assert log.write(name, 1, 1, {"name": name}) == seq
    log.write("d", 1, 3, {"name": "丁"})
    decided, still_open = log.conflicts
    assert (values(decided, "name"), decided.open) == (["甲", "乙"], False)
    assert (values(still_open, "name"), still_open.open) == (["丙", "丁"], True)


def test_deciding_differently_at_two_ends_is_again_one_open_conflict(log: Log) -> None:
    log.write("b", 1, 1, {"name": "琪琪格"})
    log.write("c", 1, 1, {"name": "齐齐格"})
    log.write("b", 2, 3, {"name": "琪琪格"})
    log.write("c", 2, 3, {"name": "齐齐格"})
    (again,) = log.open
    assert [side.seq for side in again.sides] == [4, 5]
    assert again.base == {"name": "琪琪格"}
    assert len(log.conflicts) == 2


def test_deciding_alike_at_two_ends_is_decided(log: Log) -> None:
    log.write("b", 1, 1, {"name": "琪琪格"})
    log.write("c", 1, 1, {"name": "齐齐格"})
    log.write("b", 2, 3, {"name": "琪琪格"})
    log.write("c", 2, 3, {"name": "琪琪格"})
    assert log.open == []


def test_the_same_name_written_apart_is_none(log: Log) -> None:
    log.write("b", 1, 1, {"name": "琪琪格"})
    log.write("c", 1, 1, {"name": "琪琪格"})
    assert log.conflicts == []
    assert log.became("name")[1:] == [("琪琪格", "stands"), ("琪琪格", "stands")]


def test_three_people_and_two_names_are_two_sides(log: Log) -> None:
    for device, name in (("b", "琪琪格"), ("c", "齐齐格"), ("d", "琪琪格")):
        log.write(device, 1, 1, {"name": name})
    assert values(log.open[0], "name") == ["琪琪格", "齐齐格"]


def test_what_the_later_time_superseded_unseen_is_listed_but_waits_for_nobody(log: Log) -> None:
    log.write("b", 1, 1, {"remark": "门前有井"}, fair=200)
    log.write("c", 1, 1, {"remark": "井已干"}, fair=100)
    (conflict,) = log.conflicts
    assert (conflict.open, conflict.policy, conflict.decided_by) == (False, "latest", {})
    assert [side.stands for side in conflict.sides] == [True, False]
    assert log.became("remark")[1:] == [("门前有井", "stands"), ("井已干", "superseded_unseen")]


def test_the_same_two_changes_in_two_groups_are_two_conflicts_with_two_ids(log: Log) -> None:
    log.write("b", 1, 1, {"name": "琪琪格", **LIFE, "residence_state": "03"})
    log.write("c", 1, 1, {"name": "齐齐格", **LIFE, "residence_state": "09"})
    assert len({conflict.id for conflict in log.open}) == 2


def test_ids_and_sides_do_not_depend_on_the_order_in_which_rows_are_read(log: Log) -> None:
    log.write("b", 1, 1, {"name": "琪琪格"})
    log.write("c", 1, 1, {"name": "齐齐格"})
    log.write("d", 1, 1, {RETRACTED: True})
    assert conflicts_of(log.head.rows[::-1], KINDS["resident"]) == log.conflicts


def test_an_id_is_sixteen_hexadecimal_digits(log: Log) -> None:
    log.write("b", 1, 1, {"name": "琪琪格"})
    log.write("c", 1, 1, {"name": "齐齐格"})
    assert len(log.open[0].id) == 16
    assert int(log.open[0].id, 16) >= 0


def test_deleted_here_and_a_days_work_typed_there_is_one_open_conflict_and_the_work_stands(log: Log) -> None:
    log.write("b", 1, 1, {RETRACTED: True})
    for n, fields in enumerate(({"remark": "一"}, {"alias": "二"}, {"workplace": "三"}), 1):
        log.write("c", n, 1, fields)
    (conflict,) = log.open
    assert conflict.policy == "retraction"
    assert [(side.fields, side.device, side.stands) for side in conflict.sides] == [
        ({RETRACTED: True}, "b", False),
        ({RETRACTED: False}, "c", True),
    ]
    assert log.head.retraction is None
    assert [log.became(field)[-1] for field in ("remark", "alias", "workplace")] == [
        ("一", "stands"),
        ("二", "stands"),
        ("三", "stands"),
    ]
    assert log.became(RETRACTED) == [(True, "waits")]


def test_a_retraction_that_arrives_after_the_work_it_had_not_seen_is_the_same_open_conflict(log: Log) -> None:
    log.write("c", 1, 1, {"remark": "一"})
    log.write("b", 1, 1, {RETRACTED: True})
    (conflict,) = log.open
    assert [side.fields for side in conflict.sides] == [{RETRACTED: False}, {RETRACTED: True}]


@pytest.mark.parametrize("gone", [True, False])
def test_a_person_decides_between_retraction_and_work(log: Log, gone: bool) -> None:
    log.write("b", 1, 1, {RETRACTED: True})
    log.write("c", 1, 1, {"remark": "一"})
    log.write("a", 2, 3, {RETRACTED: gone})
    assert log.open == []
    assert [conflict.decided_by["fields"] for conflict in log.conflicts] == [{RETRACTED: gone}]
    assert log.became("remark")[-1] == ("一", "retracted" if gone else "stands")
    assert log.became(RETRACTED)[-1] == (gone, "stands")


def test_a_further_edit_of_a_flagged_record_does_not_decide_for_anybody(log: Log) -> None:
    log.write("b", 1, 1, {RETRACTED: True})
    log.write("c", 1, 1, {"remark": "一"})
    log.write("c", 2, 3, {"remark": "二"})
    assert len(log.open) == 1


def test_an_edit_of_what_its_writer_retracted_is_no_reason_to_keep_the_record(log: Log) -> None:
    log.write("a", 2, 1, {RETRACTED: True})
    log.write("a", 3, 1, {"remark": "错登"})
    log.write("b", 1, 1, {RETRACTED: True})
    assert log.conflicts == []


def test_work_that_another_retractor_knew_is_no_reason_to_keep_the_record(log: Log) -> None:
    log.write("b", 1, 0, {RETRACTED: True})
    assert len(log.open) == 1
    log.write("c", 1, 1, {RETRACTED: True})
    assert log.head.retraction is not None
    assert log.open == []


def test_a_plain_retraction_is_no_conflict_and_values_read_as_retracted(log: Log) -> None:
    log.write("b", 1, 1, {RETRACTED: True})
    assert log.conflicts == []
    assert log.became("name") == [("其其格", "retracted")]


def test_a_field_that_this_version_does_not_know_has_history_and_is_reported(log: Log) -> None:
    log.write("b", 1, 1, {"horse": "白马"}, fair=5)
    log.write("c", 1, 1, {"horse": "黑马"}, fair=9)
    assert log.became("horse") == [("白马", "superseded_unseen"), ("黑马", "stands")]
    assert [(c.group, c.open) for c in log.conflicts] == [("horse", False)]


def test_of_a_set_each_addition_stands_until_somebody_removes_it(log: Log) -> None:
    add, remove = {"add": ["01"], "remove": []}, {"add": [], "remove": ["01"]}
    log.write("b", 1, 1, {"subsidies": add})
    log.write("c", 1, 1, {"subsidies": {"add": ["02"], "remove": []}})
    log.write("a", 2, 3, {"subsidies": remove})
    assert [became for _, became in log.became("subsidies")] == ["superseded", "stands", "stands"]
    assert log.conflicts == []


def test_own_changes_that_were_not_sent_stand_last_and_conflict_with_nothing(log: Log) -> None:
    log.write("b", 1, 1, {"name": "琪琪格"})
    unsent = Logged(Change("c", 1, 1, "resident", "r", {"name": "齐齐格"}, 1, "user-c", 5))
    rows = [unsent, *log.head.rows]
    assert conflicts_of(rows, KINDS["resident"]) == []
    assert [(p.value, p.became, p.seq, p.time_ms) for p in history_of(rows, "name")][-1] == ("齐齐格", "unsent", None, 5)


def test_history_names_who_when_and_on_which_device(log: Log) -> None:
    (first,) = history_of(log.head.rows, "name")
    assert (first.user, first.device, first.time_ms, first.id, first.origin) == ("user-a", "a", 1, ("a", 1, 1), "")
