"""The outbox (待发箱): after each save the unsent changes also lie sealed to the league, so that a scheduler without a
passphrase can post them. Owns the folder `outbox`: names of files tell places in the log and counts, nothing else.
"""

from __future__ import annotations

import base64
import contextlib
import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from shequ_desktop.domain.changes import SCHEMA, Logged
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import league_link
from shequ_desktop.services.league_link import Link
from shequ_desktop.services.roads import AnyRoad, road_to
from shequ_desktop.storage import meta, outgoing, renumbering
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.files import write_whole
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.reading import Reader
from shequ_desktop.sync.envelope import EnvelopeProblem, seal
from shequ_desktop.sync.exchange import FIRST_WITHIN_S, TRIES, Broken, TurnedAway
from shequ_desktop.sync.hello import read_answer
from shequ_desktop.sync.keys import PublicKeys
from shequ_desktop.sync.messages import PUSH, Push, Upload, pack
from shequ_desktop.sync.wire import encode_changes

FOLDER, ADDRESS = "outbox", "address.json"
WAITS, SENT = ".box", ".sent"
LARGEST_FILE = 12 * 1024
"""A bad line carries one file in one piece."""
ROWS_AT_ONCE = 400
TOGETHER = 64 * 1024
_NOT_FORGOTTEN = 2**62
WITHIN_S = 60.0


@dataclass(frozen=True, slots=True)
class Box:
    """One sealed file: changes from place `first` to `last` of the log."""

    path: Path
    first: int
    last: int
    count: int

    @property
    def is_sent(self) -> bool:
        return self.path.suffix == SENT


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What an upload without a passphrase did: how many changes went, how many still wait in the outbox."""

    sent: int
    waiting: int


def boxes(folder: Path) -> list[Box]:
    """All files of the outbox, oldest first."""
    found = [box for path in (folder / FOLDER).glob("*-*-*.*") if (box := _to_box(path))]
    return sorted(found, key=lambda box: box.first)


def _to_box(path: Path) -> Box | None:
    parts = path.stem.split("-")
    if path.suffix not in (WAITS, SENT) or len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    first, last, count = map(int, parts)
    return Box(path, first, last, count)


def keep(archive: Archive) -> None:
    """Seal what was saved since the last time. Does nothing before enrolment and while a restored archive waits."""
    with archive.read() as reader:
        if reader.meta("sync_hold") == "1" or not reader.meta("server"):
            return
        last = max((box.last for box in boxes(archive.folder)), default=0)
        link = league_link.read(reader.connection)
        if link is None or renumbering.is_going_on(reader.connection):
            return
        for waiting in _pieces(reader, last):
            _write(archive.folder, reader, link, waiting)


def _pieces(reader: Reader, last: int) -> Iterator[list[outgoing.Waiting]]:
    """What waits behind this place of the log, in pieces."""
    names = Names(reader.connection)
    while True:
        piece = outgoing.waiting(reader.connection, names, after=(_NOT_FORGOTTEN, last), limit=ROWS_AT_ONCE)
        if not piece:
            return
        yield piece
        last = piece[-1].pos


def _write(folder: Path, reader: Reader, link: Link, waiting: list[outgoing.Waiting]) -> None:
    changes = encode_changes([Logged(one.row.change) for one in waiting])
    if len(changes) > LARGEST_FILE and len(waiting) > 1:
        half = len(waiting) // 2
        _write(folder, reader, link, waiting[:half])
        _write(folder, reader, link, waiting[half:])
        return
    epoch, seq, mark = (meta.get_int(reader.connection, name) for name in ("epoch", "cursor_seq", "cursor_mark"))
    push = Push(SCHEMA, epoch, seq, mark, changes)
    sealed = seal(pack(push), signer=link.keys, sender_id=link.device, receiver_key=link.league, purpose=PUSH)
    _make(folder, link)
    name = f"{waiting[0].pos:012d}-{waiting[-1].pos:012d}-{len(waiting)}{WAITS}"
    write_whole(folder / FOLDER / name, sealed)


def _make(folder: Path, link: Link) -> None:
    """The folder, and where to post: an address and the league's public keys, which are no secret."""
    address = folder / FOLDER / ADDRESS
    if not address.exists():
        address.parent.mkdir(exist_ok=True)
        told = {"server": link.server, "league": base64.b64encode(link.league.to_bytes()).decode()}
        write_whole(address, json.dumps(told).encode())


def begin_anew(archive: Archive) -> None:
    """Empty the outbox: numbers or receiver of what lies in it are no longer right. The next `keep` fills it."""
    shutil.rmtree(archive.folder / FOLDER, ignore_errors=True)


def drop(listed: list[Box]) -> None:
    """Remove files whose changes the league has decided."""
    for box in listed:
        box.path.unlink(missing_ok=True)


def upload_only(folder: Path, *, road: AnyRoad | None = None, ticks: Callable[[], float] = time.monotonic) -> Uploaded | Problem:
    """Post what lies in the outbox; needs no passphrase. A later sync finds it at the league and sends it no second time."""
    address = _address(folder)
    if address is None:
        return Problem("nothing_prepared_for_upload")
    server, league = address
    road = road or road_to(server)
    sent, tries, together = 0, 0, TOGETHER
    began, heard = ticks(), False
    with contextlib.closing(road):
        while group := _next_group(folder, together):
            left_s = FIRST_WITHIN_S - (ticks() - began)
            answer = _post(road, league, group, within_s=WITHIN_S if heard else max(left_s, 0.5))
            if isinstance(answer, Broken):
                tries, together = tries + 1, 0
                if tries > TRIES or (not heard and ticks() - began >= FIRST_WITHIN_S):
                    return Problem("league_broke_off" if answer.reached else "league_not_reached", values=(("server", server),))
                continue
            if isinstance(answer, Problem):
                return answer
            if not answer:
                return Problem("upload_needs_full_sync")
            for box in group:
                with contextlib.suppress(FileNotFoundError):  # a full sync has just removed it
                    box.path.rename(box.path.with_suffix(SENT))
            heard = True
            sent, tries = sent + sum(box.count for box in group), 0
    return Uploaded(sent, sum(box.count for box in boxes(folder) if not box.is_sent))


def _address(folder: Path) -> tuple[str, PublicKeys] | None:
    try:
        told = json.loads((folder / FOLDER / ADDRESS).read_bytes())
        league = PublicKeys.from_bytes(base64.b64decode(told["league"]))
        return (str(told["server"]), league) if league else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _next_group(folder: Path, most_bytes: int) -> list[Box]:
    """The oldest files that wait, as many as go together; at least one."""
    group: list[Box] = []
    size = 0
    for box in boxes(folder):
        if box.is_sent:
            continue
        with contextlib.suppress(FileNotFoundError):
            size += box.path.stat().st_size
            if group and size > most_bytes:
                break
            group.append(box)
    return group


def _post(road: AnyRoad, league: PublicKeys, group: list[Box], *, within_s: float) -> bool | Broken | Problem:
    """Whether the league says, signed, that all of it is in its log."""
    envelopes = []
    for box in group:
        with contextlib.suppress(FileNotFoundError):
            envelopes.append(box.path.read_bytes())
    if not envelopes:
        return True
    body = pack(Upload(envelopes))
    answer = road.post("/upload", body, within_s=within_s)
    if isinstance(answer, Broken):
        return answer
    if isinstance(answer, TurnedAway):
        return Problem(answer.key)
    told = read_answer(answer, league=league, hello=body)
    return Problem("league_answer_wrong") if isinstance(told, EnvelopeProblem) else told.same
