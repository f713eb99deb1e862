"""The archive as the exchange needs it: each call is one local transaction. Owns how news become rows, cursor and marks."""

from __future__ import annotations

from dataclasses import dataclass, field

from shequ_desktop import __version__
from shequ_desktop.domain.changes import Logged, Outcome
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import outbox
from shequ_desktop.storage import again, aligning, journal, meta, outgoing, renumbering, replaying, search_index
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.meta import Connection
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.outgoing import Waiting
from shequ_desktop.storage.tables import id_from_bytes
from shequ_desktop.sync import clock
from shequ_desktop.sync.exchange import Outgoing, Standing, Taken
from shequ_desktop.sync.hello import change_mark
from shequ_desktop.sync.messages import News, content_mark, unpack_echoes
from shequ_desktop.sync.wire import WireProblem, decode_changes, encode_changes

_BYTES_A_CHANGE = 24
"""A first guess of how small a change packs; batches are cut to size afterwards."""
_MOST_AT_ONCE = 5000
NOTHING = Outgoing(b"", 0, outgoing.START)


@dataclass
class ArchiveStore:
    """One archive during one exchange. `delivered`: places in the log that an upload has brought to the league already."""

    archive: Archive
    device: str
    limited: bool
    delivered: list[outbox.Box] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def standing(self) -> Standing:
        with self.archive.read() as reader:
            names = ("incarnation", "epoch", "cursor_seq", "cursor_mark", "decided_count", "decided_sum")
            return Standing(*(meta.get_int(reader.connection, name) for name in names))

    # -- going out

    def outgoing(self, after: tuple[int, int], most_bytes: int, most_count: int) -> Outgoing:
        """The next piece that waits: as much as fits, at least one change."""
        with self.archive.read() as reader:
            limit = min(max(most_bytes // _BYTES_A_CHANGE, 1), most_count, _MOST_AT_ONCE)
            waiting = self._next(reader.connection, after, limit)
            offers_again = renumbering.is_going_on(reader.connection)
        if offers_again:
            with self.archive.engine.begin() as connection:
                waiting = renumbering.in_new_numbers(connection, Names(connection), waiting)
        while waiting:
            changes = encode_changes([one.row for one in waiting])
            if len(changes) <= most_bytes or len(waiting) == 1:
                return Outgoing(changes, len(waiting), waiting[-1].place, offers_again)
            waiting = waiting[: max(int(len(waiting) * most_bytes / len(changes) * 0.9), 1)]
        return NOTHING

    def _next(self, connection: Connection, after: tuple[int, int], limit: int) -> list[Waiting]:
        """What waits and has not been delivered."""
        names = Names(connection)
        while True:
            found = outgoing.waiting(connection, names, after=after, limit=limit)
            left = [one for one in found if not self._is_delivered(one.pos)]
            if left or not found:
                return left
            after = found[-1].place

    def _is_delivered(self, pos: int) -> bool:
        return any(box.first <= pos <= box.last for box in self.delivered)

    # -- coming in

    def take(self, news: News) -> Taken | None:
        """Apply what the league decided, with the cursor, in one transaction. None where the news cannot be read."""
        read = _read(news)
        if read is None:
            return None
        rows, echoes = read
        with self.archive.engine.begin() as connection:
            names = Names(connection)
            incarnation = meta.get_int(connection, "incarnation")
            own = aligning.own(connection, names, self.device, incarnation, echoes)
            complete = len(own) == len(echoes) and content_mark([row.change for row in own]) == news.echo_mark
            if not complete or aligning.is_strange(connection, names, rows, self.device):
                return Taken(strange=True)
            entered = [id_from_bytes(record) for record in news.entered]
            ordered = sorted([*rows, *own], key=_seq)
            came = aligning.take(connection, names, ordered, entered=entered)
            _note_leaving(connection, news)
            aside = self._put_aside(connection, names, news)
            if not news.more:
                again.let_go(connection)
            meta.put(connection, cursor_seq=news.seq, cursor_mark=news.mark, epoch=news.epoch)
        return Taken(came.new, came.awaited, aside)

    def _put_aside(self, connection: Connection, names: Names, news: News) -> int:
        reasons = [(device, incarnation, n, key) for incarnation, n, device, key in news.set_aside]
        return outgoing.put_aside(connection, names, reasons, version=__version__) if reasons else 0

    def refuse_one(self, place: tuple[int, int], key: str) -> None:
        """The one change at this place spoils every batch it is in: it is set aside."""
        with self.archive.engine.begin() as connection:
            names = Names(connection)
            for one in outgoing.waiting(connection, names, after=(place[0], place[1] - 1), limit=1):
                change = one.row.change
                reasons = [(change.device, change.incarnation, change.n, key)]
                outgoing.put_aside(connection, names, reasons, version=__version__)

    def align(self, news: News, since: int) -> Taken | None:
        """Read a stretch of the league's log again."""
        read = _read(news)
        if read is None:
            return None
        with self.archive.engine.begin() as connection:
            names = Names(connection)
            came = aligning.align(connection, names, read[0], since=since, upto=news.seq, limited=self.limited)
            _note_leaving(connection, news)
        return Taken(came.new, came.awaited)

    def finish_aligning(self, news: News) -> None:
        """Work every table out anew from the log, and go on from where the league's log ends."""
        with self.archive.engine.begin() as connection:
            replaying.rebuild(connection)
            again.let_go(connection)
            search_index.rebuild(connection)
            told = f"{news.count}:{news.total}"
            meta.put(connection, cursor_seq=news.seq, cursor_mark=news.mark, epoch=news.epoch, repaired_for=told)
            if meta.get_int(connection, "read_again"):  # asked for by a new enrolment: no fault to be told
                meta.remove(connection, "read_again")
                return
        self.notes.append(Problem("sync_repaired"))

    def was_repaired_for(self, count: int, total: int) -> bool:
        """Whether everything was read again for these sums and they still differ: then a person must look."""
        with self.archive.read() as reader:
            repaired = reader.meta("repaired_for") == f"{count}:{total}"
        if repaired:
            self.notes.append(Problem("sync_sums_differ"))
        return repaired

    # -- another copy, another life of the log

    def renew_incarnation(self) -> None:
        with self.archive.engine.begin() as connection:
            outgoing.renew_incarnation(connection, self.device)
        self._forget_outbox()

    def points(self) -> list[tuple[int, int]]:
        with self.archive.read() as reader:
            told = renumbering.points(reader.connection, Names(reader.connection))
        return [(seq, change_mark(change_id)) for seq, change_id in told]

    def fall_back(self, common: int) -> None:
        with self.archive.engine.begin() as connection:
            names = Names(connection)
            renumbering.fall_back(connection, names, common)
            there = journal.id_at(connection, names, common) if common else None
            meta.put(connection, cursor_seq=common, cursor_mark=change_mark(there) if there else 0)
            search_index.rebuild(connection)
        self._forget_outbox()

    def _forget_outbox(self) -> None:
        self.delivered = []
        outbox.begin_anew(self.archive)

    # -- the end

    def settle(self) -> bool:
        """Tidy up. True where something that was uploaded is not at the league after all: it goes out again."""
        with self.archive.engine.begin() as connection:
            renumbering.finish(connection)
            boxes = outbox.boxes(self.archive.folder)
            done = [box for box in boxes if not outgoing.undecided_in(connection, box.first, box.last)]
        outbox.drop(done)
        lacking = [box for box in boxes if box.is_sent and box not in done]
        outbox.drop(lacking)
        again_out = bool(self.delivered and lacking)
        self.delivered = []
        return again_out

    def heard(self, *, epoch: int, league_ms: int) -> None:
        """Note the contact and how far this computer's clock is off; a wrong clock is said once."""
        offset = clock.offset_ms(league_ms=league_ms, device_ms=self.archive.clock())
        wrong = clock.is_wrong(offset)
        with self.archive.engine.begin() as connection:
            if wrong and not meta.get_int(connection, "clock_noted"):
                self.notes.append(Problem("sync.clock_wrong", values=(("minutes", str(abs(offset) // 60_000)),)))
            meta.put(connection, epoch=epoch, contact_ms=league_ms, clock_offset=offset, clock_noted=int(wrong))

    def remember_size(self, most_bytes: int) -> None:
        with self.archive.engine.begin() as connection:
            meta.put(connection, batch_bytes=most_bytes)


def _read(news: News) -> tuple[list[Logged], list[tuple[int, Outcome]]] | None:
    batch = decode_changes(news.rows) if news.rows else None
    echoes = unpack_echoes(news.echoes)
    if isinstance(batch, WireProblem) or echoes is None:
        return None
    rows = batch.rows if batch else []
    return (rows, echoes) if all(row.outcome is not None for row in rows) else None


def _note_leaving(connection: Connection, news: News) -> None:
    left = [(kind, id_from_bytes(record)) for kind, record in news.left]
    again.note_leaving(connection, left, [id_from_bytes(record) for record in news.entered])


def _seq(row: Logged) -> int:
    if row.outcome is None:
        raise ValueError("only decided rows have a number")
    return row.outcome.seq
