"""Our storage and wire on the workload of the peers; prints one RESULT line as they do. Run by `sync_peers.py`.

Two encrypted archives, WAL, synchronous=FULL. B stands where a league does: it orders A's changes among its own, with the
league's own code, so that outcome, log, tables, scope and both values of each conflict are written in one transaction.
PEERS names the folder of the peers (their `workload.py` is used); SAVES=field makes each field edit a save of its own.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from shequ_desktop.domain import records as declared  # noqa: E402
from shequ_desktop.domain.changes import Change, Conflict, Logged, Outcome  # noqa: E402
from shequ_desktop.domain.fields import Field, Kind, Type  # noqa: E402

TODAY_MS = 1_790_000_000_000
USER, PASSPHRASE = "worker", "benchmark-only"


def workload(folder: Path) -> ModuleType:
    """The peers' own workload and judge."""
    spec = importlib.util.spec_from_file_location("workload", folder / "workload.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


W = workload(Path(os.environ.get("PEERS", ROOT.parent / "shared" / "peers")))
TYPES = {"TEXT": Type.TEXT, "INTEGER": Type.INTEGER}
PERSON = Kind("person", "person", tuple(Field(name, TYPES[kind], name) for name, kind in W.COLS))
declared.KINDS = MappingProxyType({**declared.KINDS, PERSON.name: PERSON})  # before any table is worked out from it

from shequ_desktop.storage import apply, archive, journal, keyring, meta, rows  # noqa: E402
from shequ_desktop.storage.archive import Archive  # noqa: E402
from shequ_desktop.storage.keyring import Cost  # noqa: E402
from shequ_desktop.storage.names import Names  # noqa: E402
from shequ_desktop.storage.tables import TABLES  # noqa: E402
from shequ_desktop.sync.conflicts import conflicts_of  # noqa: E402
from shequ_desktop.sync.envelope import Opened, open_sealed, seal  # noqa: E402
from shequ_desktop.sync.keys import DeviceKeys  # noqa: E402
from shequ_desktop.sync.messages import NEWS, PUSH, pack_echoes, unpack_echoes  # noqa: E402
from shequ_desktop.sync.wire import Batch, decode_changes, encode_changes  # noqa: E402
from shequ_league import tables as league_tables  # noqa: E402
from shequ_league.appending import append  # noqa: E402
from shequ_league.devices import Device  # noqa: E402

Edits = dict[str, dict[str, Any]]


class Side:
    """One replica: an archive that holds the base, decided, and its own work on top."""

    def __init__(self, folder: Path) -> None:
        self.keys = DeviceKeys.make()
        if not archive.exists(folder):
            archive.make(folder, user=USER, passphrase=PASSPHRASE, clock=clock, cost=Cost(1024, 1, 1))[0].close()
        ring = keyring.load(folder)
        key = ring.open(USER, PASSPHRASE)
        assert key
        opened = archive.open_with(folder, ring, USER, key, clock)
        assert isinstance(opened, Archive)
        self.archive = opened
        with self.archive.read() as reader:
            self.device = reader.meta("device")

    def begin_with(self, base: list[list[Any]]) -> None:
        """The base, as the league decided it long ago, and the tables that a league has besides."""
        with self.archive.engine.begin() as connection:
            TABLES["person"].create(connection)
            for name in ("PLACEMENT", "SCOPE_MOVE", "ARRIVAL"):
                getattr(league_tables, name).create(connection)
            apply.decided(connection, Names(connection), [_base_row(seq, row) for seq, row in enumerate(base, 1)])
            meta.put(connection, cursor_seq=len(base))

    def work(self, edits: list[list[Any]], new: list[list[Any]]) -> None:
        """The edits of this replica: a save a record, or a save a field."""
        with self.archive.write() as work:
            if os.environ.get("SAVES") == "field":
                for record, field, value in edits:
                    work.edit("person", record, {field: value})
            else:
                work.put("person", list(_by_record(edits).items()))
            work.put("person", [(row[0], dict(zip(W.NAMES, row[1:], strict=True))) for row in new])

    def unsent(self) -> list[Logged]:
        with self.archive.read() as reader:
            return journal.unsent(reader.connection, Names(reader.connection))

    def state(self) -> dict[str, list[Any]]:
        """What the peers' judge compares: every record, its values in order."""
        with self.archive.read() as reader:
            ids = list(reader.connection.scalars(TABLES["person"].select().with_only_columns(TABLES["person"].c.id)))
            found = rows.read(reader.connection, "person", ids)
        return {record: [state.fields.get(name, "") for name in W.NAMES] for record, (state, _) in found.items()}


def _base_row(seq: int, row: list[Any]) -> Logged:
    fields = {name: value for name, value in zip(W.NAMES, row[1:], strict=True) if value != ""}
    change = Change("base", 1, seq, "person", row[0], fields, seq - 1, "worker", TODAY_MS - 10**9)
    return Logged(change, Outcome(seq, change.time_ms))


def _by_record(edits: list[list[Any]]) -> Edits:
    found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for record, field, value in edits:
        found[record][field] = value
    return found


def produce(a: Side, b: Side) -> bytes:
    """A's delta as it is sent: read from the log, in columns, compressed, signed, sealed."""
    return seal(encode_changes(a.unsent()), signer=a.keys, sender_id=a.device, receiver_key=b.keys.public(), purpose=PUSH)


def merge(a: Side, b: Side, delta: bytes) -> list[Logged]:
    """B takes A's delta in, in one transaction; answers the rows as decided."""
    opened = open_sealed(delta, my_key=b.keys, verify_keys=lambda sender: a.keys.public().sign, purpose=PUSH)
    assert isinstance(opened, Opened)
    batch = decode_changes(opened.payload)
    assert isinstance(batch, Batch)
    assert not batch.set_aside
    return _appended(a, b, batch.rows)


def _appended(sender: Side, at: Side, changes: list[Logged]) -> list[Logged]:
    device = Device(sender.device, "", sender.keys.public(), "", revoked=False, offers_again=False, contact_ms=0)
    with at.archive.engine.begin() as connection:
        appended = append(connection, changes, device, now_ms=TODAY_MS)
    assert not appended.refused
    assert not appended.copied
    return list(appended.rows)


def conflicts(side: Side, decided: list[Logged]) -> list[Conflict]:
    """The conflicts that came of these rows, each with base and both values."""
    records = {row.change.record for row in decided if row.outcome and row.outcome.unseen}
    by_record: defaultdict[str, list[Logged]] = defaultdict(list)
    with side.archive.read() as reader:
        for row in reader.log_of(records):
            by_record[row.change.record].append(row)
    return [conflict for listed in by_record.values() for conflict in conflicts_of(listed, PERSON)]


def back(a: Side, b: Side, since: int) -> int:
    """B's work and its decisions about A's, packed there and taken in here; answers the bytes."""
    with b.archive.read() as reader:
        new = journal.after(reader.connection, Names(reader.connection), since, limit=10**6)
    whole = encode_changes([row for row in new if row.change.device != a.device])
    echoes = pack_echoes([row for row in new if row.change.device == a.device])
    sent = [seal(part, signer=b.keys, sender_id=b.device, receiver_key=a.keys.public(), purpose=NEWS) for part in (whole, echoes)]
    take_back(a, b, sent)
    return sum(map(len, sent))


def take_back(a: Side, b: Side, sent: list[bytes]) -> None:
    opened = [open_sealed(part, my_key=a.keys, verify_keys=lambda s: b.keys.public().sign, purpose=NEWS) for part in sent]
    payloads = [one.payload for one in opened if isinstance(one, Opened)]
    batch, echoes = decode_changes(payloads[0]), unpack_echoes(payloads[1])
    assert isinstance(batch, Batch)
    assert echoes is not None
    own = {row.change.n: row for row in a.unsent()}
    decided = [own[n].decided(outcome) for n, outcome in echoes]
    ordered = sorted([*batch.rows, *decided], key=lambda row: row.outcome.seq if row.outcome else 0)
    with a.archive.engine.begin() as connection:
        apply.decided(connection, Names(connection), ordered, own={row.change.id for row in decided})
        meta.put(connection, cursor_seq=max(row.outcome.seq for row in ordered if row.outcome))


def clock() -> int:
    return TODAY_MS


def timed(act: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    answer = act()
    return answer, time.perf_counter() - started


def memory_mb() -> tuple[float, float]:
    """(peak since the last reset, now) of this process."""
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
    return int(told["VmHWM"].split()[0]) / 1024, int(told["VmRSS"].split()[0]) / 1024


def prepared(folder: Path) -> None:
    """Both replicas with their work, in a process of its own: what was read here shall not count as memory at the start."""
    load = W.load()
    a, b = Side(folder / "a"), Side(folder / "b")
    for side, edits, new in ((a, load["ea"], load["ia"]), (b, load["eb"], load["ib"])):
        side.begin_with(load["base"])
        side.work(edits, new)
    _settle_own(b)
    a.archive.close()
    b.archive.close()


def measured(folder: Path) -> dict[str, Any]:
    a, b = Side(folder / "a"), Side(folder / "b")
    with b.archive.read() as reader:
        since = int(reader.meta("cursor_seq"))
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")
    start_mb = memory_mb()[1]
    delta, delta_s = timed(lambda: produce(a, b))
    found, merge_s = timed(lambda: conflicts(b, merge(a, b, delta)))
    back_bytes, back_s = timed(lambda: back(a, b, since))
    peak_mb = memory_mb()[0]
    assert all(len(conflict.sides) == 2 and conflict.base for conflict in found)
    reported = {(conflict.record, conflict.group) for conflict in found}
    size = (folder / "a" / archive.DATABASE).stat().st_size
    return {
        "version": "", "delta_s": delta_s, "bytes": len(delta), "zstd": len(delta), "merge_s": merge_s, "back_s": back_s,
        "back_bytes": back_bytes, "peak_mb": peak_mb, "over_mb": peak_mb - start_mb, "full_bytes": size, "full_zstd": size,
        **W.judge(W.load(), a.state(), b.state(), reported),
    }  # fmt: skip


def _settle_own(b: Side) -> None:
    """B's own work gets its place in the order, as a league's has."""
    with b.archive.engine.begin() as connection:
        last = journal.newest(connection)[1]
        names = Names(connection)
        own = journal.unsent(connection, names)
        decided = [row.decided(Outcome(seq, row.change.time_ms)) for seq, row in enumerate(own, last + 1)]
        apply.decided(connection, names, decided, own={row.change.id for row in own})


def run() -> None:
    with tempfile.TemporaryDirectory(dir=os.environ.get("PEERS_WORK")) as folder:
        preparing = multiprocessing.get_context("spawn").Process(target=prepared, args=(Path(folder),))
        preparing.start()
        preparing.join()
        assert preparing.exitcode == 0
        result = measured(Path(folder))
    rounded = {name: round(value, 5) if isinstance(value, float) else value for name, value in result.items()}
    name = "ours, a save a field" if os.environ.get("SAVES") == "field" else "ours"
    print("RESULT " + json.dumps({"peer": name, **rounded}))


if __name__ == "__main__":
    run()
