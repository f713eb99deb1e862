"""Batches come back as they were written, small; and no bytes whatever break the reader."""

from __future__ import annotations

import random
import string
import time
import tracemalloc
import uuid
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from backports.zstd import compress, decompress
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.domain.changes import Change, Logged, Outcome
from shequ_desktop.sync.wire import Batch, WireProblem, decode_changes, encode_changes, fault_of_change

IDS = [str(uuid.UUID(int=random.Random(at).getrandbits(128), version=4)) for at in range(6)]
TEXT = st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=8)
COUNTS = st.integers(0, 2**63 - 1)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63) + 1, 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXT,
    st.lists(TEXT, max_size=3),
    st.dictionaries(st.sampled_from(["add", "remove"]), st.lists(TEXT, max_size=3)),
)
CHANGES = st.builds(
    Change,
    device=st.sampled_from(["d1", "d2"]),
    incarnation=st.sampled_from([1, 2**62]),
    n=COUNTS,
    kind=st.sampled_from(["resident", "yurt"]),
    record=st.sampled_from([*IDS, "no-uuid", IDS[0].upper(), ""]),
    fields=st.dictionaries(st.sampled_from(["name", "remark", "a,b", "新"]), VALUES, max_size=4),
    seen=COUNTS,
    author=TEXT,
    time_ms=st.integers(-(2**61), 2**61),
    origin=st.sampled_from(["", "roster"]),
    schema=st.sampled_from([1, 7]),
)
OUTCOMES = st.builds(
    Outcome,
    seq=COUNTS,
    fair_ms=st.integers(-(2**61), 2**61),
    lost=st.frozensets(st.sampled_from(["name", "identity", "horse"])),
    unseen=st.lists(COUNTS, max_size=3).map(tuple),
    revives=st.booleans(),
)
ROWS = st.lists(st.builds(Logged, CHANGES, st.one_of(st.none(), OUTCOMES)), max_size=8)


def change(n: int, record: str = IDS[0], **fields: Any) -> Change:
    return Change("d1", 1, n, "resident", record, fields, 3, "user", 1_790_000_000_000 + n)


def read(data: bytes) -> Batch:
    batch = decode_changes(data)
    assert isinstance(batch, Batch), batch
    return batch


def columns_of(rows: Sequence[Logged]) -> list[Any]:
    found: list[Any] = msgspec.msgpack.decode(decompress(encode_changes(rows)[1:]))
    return found


def written(columns: Any) -> bytes:
    return b"\x01" + compress(msgspec.msgpack.encode(columns))


@settings(max_examples=150)
@given(ROWS)
def test_every_row_comes_back_in_its_order(rows: list[Logged]) -> None:
    assert read(encode_changes(rows)) == Batch(rows, [])


def test_an_empty_batch_is_a_batch() -> None:
    assert read(encode_changes([])) == Batch([], [])


def test_fields_and_kinds_that_this_version_does_not_know_are_kept() -> None:
    row = Logged(Change("d1", 1, 1, "camel", IDS[0], {"humps": 2, "marks": ["a"]}, 0, "u", 0, schema=99))
    assert read(encode_changes([row])).rows == [row]


def test_a_column_that_a_newer_version_added_is_passed_over() -> None:
    rows = [Logged(change(1, name="其其格"))]
    assert read(written([*columns_of(rows), {"new": [1, 2]}])).rows == rows


def test_a_newer_layout_is_told_apart() -> None:
    assert decode_changes(b"\x02" + encode_changes([])[1:]) == WireProblem("sync.batch_version")


def test_an_id_that_comes_again_costs_next_to_nothing() -> None:
    once = len(encode_changes([Logged(change(n, str(uuid.uuid4()), remark="同")) for n in range(40)]))
    again = len(encode_changes([Logged(change(n, remark="同")) for n in range(40)]))
    assert once - again > 39 * 14


def test_one_small_save_is_at_most_140_bytes() -> None:
    assert len(encode_changes([Logged(change(1, name="其其格"))])) <= 140


def test_numbers_of_the_league_stand_for_records_that_the_receiver_knows() -> None:
    rows = [Logged(change(n, record, remark="同")) for n, record in enumerate(IDS)]
    numbers = {record: 1000 + at for at, record in enumerate(IDS[:4])}
    data = encode_changes(rows, numbers=numbers)
    known = {number: record for record, number in numbers.items()}
    assert decode_changes(data, records=lambda told: [known.get(number) for number in told]) == Batch(rows, [])
    assert len(data) < len(encode_changes(rows)) - 20


@pytest.mark.parametrize("known", [{}, {1000: IDS[1]}])
def test_a_number_that_means_nothing_or_another_record_here_is_a_problem(known: dict[int, str]) -> None:
    data = encode_changes([Logged(change(1, IDS[0], remark="同"))], numbers={IDS[0]: 1000})
    problem = WireProblem("sync.batch_records")
    assert decode_changes(data, records=lambda told: [known.get(number) for number in told]) == problem
    assert decode_changes(data) == problem


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("a\x00b", "sync.value_nul"),
        (["a", "b\x00"], "sync.value_nul"),
        ({"add": ["\x00"]}, "sync.value_nul"),
        ("\ud800", "sync.value_unicode"),
        ("长" * 70_000 + "\udfff", "sync.value_unicode"),
        (float("inf"), "sync.value_range"),
        (2**64 - 1, "sync.value_range"),
    ],
)
def test_a_value_that_no_database_takes_sets_its_own_change_aside_by_name(value: Any, key: str) -> None:
    rows = [Logged(change(n, remark=text)) for n, text in enumerate(["前", value, "后"])]
    batch = read(encode_changes(rows))
    assert batch.rows == [rows[0], rows[2]]
    assert [(aside.row, aside.key) for aside in batch.set_aside] == [(rows[1], key)]
    assert fault_of_change(rows[1].change) == key
    assert fault_of_change(rows[0].change) is None


def test_a_broken_text_in_a_list_sets_its_change_aside() -> None:
    rows = [Logged(change(1, subsidies={"add": ["\ud800"], "remove": []})), Logged(change(2, subsidies={"add": ["01"]}))]
    batch = read(encode_changes(rows))
    assert batch.rows == [rows[1]]
    assert [(aside.row.change.id, aside.key) for aside in batch.set_aside] == [(("d1", 1, 1), "sync.value_form")]


@pytest.mark.parametrize("name", ["author", "device", "kind", "origin", "record"])
def test_a_nul_in_a_name_sets_the_changes_with_that_name_aside(name: str) -> None:
    fine = change(1, remark="好")
    parts = {field: getattr(fine, field) for field in Change.__slots__} | {name: "x\x00y", "n": 2}
    batch = read(encode_changes([Logged(fine), Logged(Change(**parts))]))
    assert batch.rows == [Logged(fine)]
    assert [aside.key for aside in batch.set_aside] == ["sync.value_nul"]


@pytest.mark.parametrize("foreign", [b"\xa2\xff\xff", b"\xd9\x02\xc3\x28", b"\xc4\x01x", b"\x91\x91\x91\x90", b"\xd4\x01\x00"])
def test_a_place_that_cannot_be_read_spoils_its_own_change_only(foreign: bytes) -> None:
    rows = [Logged(change(1, remark="前")), Logged(change(2, remark="XX"))]
    columns = columns_of(rows)
    columns[-1] = [[msgspec.Raw(msgspec.msgpack.encode("前")), msgspec.Raw(foreign)]]
    batch = read(written(columns))
    assert batch.rows == rows[:1]
    assert [aside.row.change.n for aside in batch.set_aside] == [2]


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x01junk", encode_changes([])[:-1], encode_changes([]) + b"x"])
def test_cut_or_trailing_bytes_are_a_problem(data: bytes) -> None:
    assert decode_changes(data) == WireProblem("sync.batch_damaged")


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    bomb = b"\x01" + compress(bytes(200 * 1024 * 1024))
    assert len(bomb) < 30_000
    tracemalloc.start()
    assert decode_changes(bomb) == WireProblem("sync.batch_too_large")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 150 * 1024 * 1024


@pytest.mark.parametrize("head", [b"\x91", b"\x81\xa1a", b"\xdd\xff\xff\xff\xff"])
def test_depth_and_length_without_content_are_a_problem(head: bytes) -> None:
    assert decode_changes(b"\x01" + compress(head * 200_000)) == WireProblem("sync.batch_damaged")


def test_more_rows_than_a_batch_may_hold_are_a_problem() -> None:
    columns = columns_of([Logged(change(1, remark="一"))])
    assert decode_changes(written([10**9, *columns[1:]])) == WireProblem("sync.batch_too_large")


def test_few_bytes_that_ask_for_millions_of_values_are_a_problem() -> None:
    fields: dict[str, Any] = {f"f{at}": 1 for at in range(50)}
    columns = columns_of([Logged(change(1, **fields))])
    columns[0] = 100_000
    assert decode_changes(written(columns)) == WireProblem("sync.batch_too_large")


@pytest.mark.parametrize(
    ("column", "content"),
    [
        (9, -1),  # a record of nowhere
        (9, [0, 0, 0]),
        (9, [0, 5]),
        (10, -1),  # a writer from the end of its table
        (11, -1),  # a shape likewise
        (12, [1, 1, 1]),  # a counter too many
        (12, -5),
        (13, -1),
        (21, [["一", "二", "三"]]),  # a value too many
        (21, [["一"]]),
        (21, []),
        (4, 3),
        (5, b"x" * 15),
        (5, b""),
    ],
)
def test_columns_that_do_not_fit_together_are_a_problem(column: int, content: Any) -> None:
    columns = columns_of([Logged(change(1, remark="一")), Logged(change(2, remark="二"))])
    columns[column] = content
    assert decode_changes(written(columns)) == WireProblem("sync.batch_damaged")


@pytest.mark.parametrize("back", [-1, [0, 2], [1, 0]])
def test_a_record_that_did_not_appear_before_is_a_problem(back: int | list[int]) -> None:
    columns = columns_of([Logged(change(1, IDS[0], remark="一")), Logged(change(2, IDS[1], remark="二"))])
    columns[9] = back
    assert decode_changes(written(columns)) == WireProblem("sync.batch_damaged")


ROWS_FOR_HARM = [
    Logged(change(1, name="其其格", remark="一"), Outcome(5, 9, frozenset({"name"}), (3, 4), True)),
    Logged(change(2, IDS[1], remark="二"), Outcome(6, 10)),
    Logged(change(3, IDS[0], subsidies={"add": ["01"], "remove": []})),
]
PACKED = decompress(encode_changes(ROWS_FOR_HARM)[1:])


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(PACKED) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_changed_bytes_are_another_batch_or_a_problem(changes: list[tuple[int, int]]) -> None:
    harmed = bytearray(PACKED)
    for at, byte in changes:
        harmed[at] = byte
    assert isinstance(decode_changes(b"\x01" + compress(bytes(harmed))), Batch | WireProblem)


@settings(max_examples=300)
@given(
    st.integers(0, 21),
    st.recursive(st.integers() | st.none() | st.binary(max_size=20), lambda inner: st.lists(inner, max_size=4)),
)
def test_a_column_of_anything_is_another_batch_or_a_problem(column: int, content: Any) -> None:
    columns = msgspec.msgpack.decode(PACKED)
    columns[column] = content
    try:
        data = written(columns)
    except OverflowError:
        return
    assert isinstance(decode_changes(data, records=lambda told: [IDS[0] for _ in told]), Batch | WireProblem)


@settings(max_examples=100)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_problem(data: bytes) -> None:
    assert isinstance(decode_changes(data), WireProblem)
    assert isinstance(decode_changes(b"\x01" + compress(data)), WireProblem)


def test_a_thousand_edits_are_small_and_quick() -> None:
    words = string.ascii_letters
    rows = [Logged(change(n, str(uuid.UUID(int=n * 2**70 + 7)), remark=words[n % 40 :][:5])) for n in range(1000)]
    numbers = {row.change.record: at for at, row in enumerate(rows)}
    begun = time.process_time()
    data = encode_changes(rows, numbers=numbers)
    assert time.process_time() - begun < 0.5
    assert len(data) < 2_000
