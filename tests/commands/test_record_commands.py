"""The commands on single records keep the contract of the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from shequ_desktop.domain.records import KINDS
from tests.commands.conftest import Answer
from tests.made import contents, id_number

Shequ = Callable[..., Answer]
NOBODY = "01a0c450-6c00-7000-a238-e3a8ed1ecb8c"


def added(shequ: Shequ, kind: str, *pairs: str) -> str:
    answer = shequ("add", kind, *pairs)
    assert answer.status == 0, answer
    return answer.out.strip()


def test_a_record_is_added_changed_shown_found_and_retracted(shequ: Shequ) -> None:
    who = added(shequ, "resident", "name=其木格", f"id_number={id_number(3)}", "birth_date=1951")
    assert shequ("--json", "set", "resident", who, "remark", "腿脚不便").json == {"id": who, "kind": "resident", "changed": True}
    assert shequ("--json", "set", "resident", who, "remark", "腿脚不便").json["changed"] is False
    shown = shequ("--json", "get", "resident", who).json
    assert shown["id"] == who
    assert shown["fields"]["birth_date"] == "1950-03-01"
    assert shown["fields"]["sex"] == "2"
    assert [hit["id"] for hit in shequ("--json", "find", "qmg").json] == [who]
    assert shequ("--json", "retract", "resident", who).json["changed"] is True
    assert shequ("--json", "find", "qmg").json == []
    assert shequ("--json", "get", "resident", who).json["retracted"] is True


def test_history_tells_every_value_with_who_when_where_and_what_became_of_it(shequ: Shequ) -> None:
    home = added(shequ, "household", "number=17")
    shequ("set", "household", home, "number", "18")
    told = shequ("--json", "history", "household", home).json
    assert [(entry["fields"], entry["user"]) for entry in told] == [({"number": "17"}, "陈静"), ({"number": "18"}, "陈静")]
    assert all(entry["device"] and entry["time"] for entry in told)
    lines = shequ("history", "household", home, "--field", "number").out.splitlines()
    assert len(lines) == 2


def test_schema_names_every_kind_and_field(shequ: Shequ) -> None:
    told = shequ("--json", "schema").json
    assert set(told["kinds"]) == set(KINDS)
    for kind, declared in KINDS.items():
        assert set(told["kinds"][kind]["fields"]) >= set(declared.by_name)
    assert "household" in shequ("schema").out


def test_due_lists_households_with_what_finds_the_door(shequ: Shequ) -> None:
    home, who = added(shequ, "household", "number=17", "address=乌兰街3号"), added(shequ, "resident", "name=其木格")
    added(shequ, "membership", f"household={home}", f"resident={who}", "relation=户主")
    added(shequ, "care_record", f"resident={who}", "care_kind=elder", "opened_on=2026-01-05")
    (one,) = shequ("--json", "due", "--on", "2026-01-05").json
    assert (one["household"], one["head"], one["on"]) == (home, "其木格", "2026-01-05")
    assert shequ("--json", "due", "--on", "2026-01-04").json == []
    assert "其木格" in shequ("due", "--on", "2026-02-01").out


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("add", "camel", "humps=2"), 1),
        (("add", "resident"), 1),
        (("add", "resident", "name"), 2),
        (("add", "resident", "=x"), 2),
        (("add", "resident", "name=其木格", "id_number=123"), 1),
        (("add", "phone", f"resident={NOBODY}", "number=13947901234"), 1),
        (("add", "resident", "name=其木格", "remark=" + "长" * 10_000), 1),
        (("add", "resident", "name=其木格", "remark=\udcff"), 1),
        (("get", "household", NOBODY), 1),
        (("get", "household", "17"), 1),
        (("set", "household", NOBODY, "number", "1"), 1),
        (("set", "household", NOBODY, "number"), 2),
        (("set", "household", NOBODY, "number", "1", "--seen", "x"), 2),
        (("retract", "household", NOBODY), 1),
        (("history", "household", NOBODY), 1),
        (("due", "--on", "gestern"), 2),
        (("find",), 2),
        (("no-such-command",), 2),
        (("--no-such-option", "schema"), 2),
        ((), 2),
        (("--user", "谁", "find", "x"), 1),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    shequ: Shequ, data: Path, arguments: tuple[str, ...], status: int
) -> None:
    added(shequ, "household", "number=1")
    before = {name: content for name, content in contents(data).items() if not name.endswith((".log", "-wal", "-shm"))}
    answer = shequ(*arguments)
    assert answer.status == status
    assert answer.one_line
    assert answer.out == ""
    after = {name: content for name, content in contents(data).items() if not name.endswith((".log", "-wal", "-shm"))}
    assert after == before


def test_the_line_is_in_the_language_of_the_system(shequ: Shequ, monkeypatch: pytest.MonkeyPatch) -> None:
    chinese = shequ("get", "household", NOBODY).one_line
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    english = shequ("get", "household", NOBODY).one_line
    assert english.isascii()
    assert not chinese.isascii()


def test_an_export_is_sorted_equal_each_time_and_without_what_was_retracted(shequ: Shequ, tmp_path: Path) -> None:
    for number in ("2", "1"):
        added(shequ, "household", f"number={number}", "remark=𰻝")
    gone = added(shequ, "household", "number=3")
    shequ("retract", "household", gone)
    assert shequ("--json", "export", "--format", "jsonl", tmp_path / "a").json["records"] == 2
    shequ("export", "--format", "jsonl", tmp_path / "b")
    told = (tmp_path / "a").read_bytes()
    assert told == (tmp_path / "b").read_bytes()
    lines = [json.loads(line) for line in told.decode().splitlines()]
    assert lines == sorted(lines, key=lambda line: (line["kind"], line["id"]))
    assert "𰻝" in told.decode()
    assert told.decode().splitlines()[0] == json.dumps(lines[0], ensure_ascii=False, sort_keys=True)
    assert set(lines[0]) == {"kind", "id", "fields"}


@pytest.mark.parametrize("form", ["jsonl", "xlsx"])
def test_an_export_to_a_place_that_cannot_be_written_is_one_line_and_leaves_no_half_file(
    shequ: Shequ, tmp_path: Path, form: str
) -> None:
    (tmp_path / "folder").mkdir()
    for out in (tmp_path / "folder", tmp_path / "nowhere" / "x"):
        answer = shequ("export", "--format", form, out)
        assert answer.status == 1
        assert answer.one_line
    assert list((tmp_path / "folder").iterdir()) == []
