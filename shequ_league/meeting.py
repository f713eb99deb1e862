"""One exchange, as the league sees it (会面): who asks, what it brings, what it is given. Bytes in, bytes out.

Owns the order of things: verify, take in, give. Whatever arrives, the answer is a value; hostile bytes change nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shequ_desktop.storage.tables import id_to_bytes
from shequ_desktop.sync.clock import offset_ms
from shequ_desktop.sync.envelope import EnvelopeProblem, Opened, key_of_self_named, open_sealed, seal, self_named
from shequ_desktop.sync.hello import Answer, Hello, read_hello, signed_answer
from shequ_desktop.sync.keys import PublicKeys
from shequ_desktop.sync.messages import (
    JOIN,
    NEWS,
    PUSH,
    WELCOME,
    Join,
    News,
    Push,
    Request,
    Upload,
    Welcome,
    content_mark,
    mark_of,
    pack,
    pack_echoes,
    unpack,
)
from shequ_desktop.sync.wire import WireProblem, decode_changes
from shequ_league import devices, quarantine
from shequ_league.appending import append, newest
from shequ_league.database import Database
from shequ_league.devices import CONTACT_NOTED_EVERY_MS, Device, Identity
from shequ_league.pulling import Puller

LEAGUE_ID = "league"
_POINTS_MAX = 256
_MOST_MIN, _MOST_MAX = 1024, 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no answer. `status`: that of HTTP."""

    key: str
    status: int = 400


@dataclass(frozen=True, slots=True)
class _Taken:
    """What became of a push."""

    set_aside: Sequence[tuple[int, int, str, str]] = ()
    copied: Sequence[tuple[int, int]] = ()
    refused: str = ""


@dataclass(frozen=True)
class League:
    """An open league: its database and who it is."""

    database: Database
    identity: Identity

    @property
    def public_keys(self) -> bytes:
        return self.identity.keys.public().to_bytes()

    def meet(self, body: bytes, *, now_ms: int) -> bytes | Refused:
        """One exchange: the body of the answer."""
        request = unpack(body, Request)
        if request is None:
            return Refused("request_damaged")
        hello, device = self._read_hello(request.hello)
        if isinstance(hello, EnvelopeProblem):
            return Refused(hello.key, 403)
        if device is None:
            return Refused("sync.sender_unknown", 403)
        device = replace(device, offset_ms=offset_ms(league_ms=now_ms, device_ms=hello.clock_ms))
        if device.revoked:
            self._keep_of_revoked(device, request.push, now_ms)
            return Refused("device_revoked", 403)
        push = self._open_push(request.push, device) if request.push else None
        if isinstance(push, EnvelopeProblem):
            return Refused(push.key, 400)
        with self.database.read() as connection:
            strange = not _knows(Puller(connection, device, incarnation=None), hello)
        if strange:
            return self._find_common(hello, device, request.hello, push, now_ms)
        taken = self._take(push, device, now_ms) if push and push.changes else _Taken()
        return self._give(request, hello, device, push, taken, now_ms)

    def _read_hello(self, data: bytes) -> tuple[Hello | EnvelopeProblem, Device | None]:
        found: list[Device] = []

        def key_of(sender: str) -> bytes | None:
            device = devices.find(connection, sender)
            found.extend([device] if device else [])
            return device.public.sign if device else None

        with self.database.read() as connection:
            hello = read_hello(data, verify_keys=key_of, league=self.identity.keys.public())
        return hello, found[0] if found else None

    def _open_push(self, envelope: bytes, device: Device) -> Push | EnvelopeProblem:
        def key_of(sender: str) -> bytes | None:
            return device.public.sign if sender == device.id else None

        opened = open_sealed(envelope, my_key=self.identity.keys, verify_keys=key_of, purpose=PUSH)
        if isinstance(opened, EnvelopeProblem):
            return opened
        return unpack(opened.payload, Push) or EnvelopeProblem("request_damaged", device.id)

    def _keep_of_revoked(self, device: Device, envelope: bytes, now_ms: int) -> None:
        push = self._open_push(envelope, device) if envelope else None
        if isinstance(push, Push) and push.changes:
            with self.database.write() as connection:
                quarantine.keep_batch(connection, device.id, push.changes, reason="device_revoked", at_ms=now_ms)

    def _take(self, push: Push, device: Device, now_ms: int) -> _Taken:
        """Bring the push into the log; what cannot be taken goes to quarantine and is named."""
        batch = decode_changes(push.changes)
        with self.database.write() as connection:
            again = device.offers_again and push.offers_again
            devices.note(connection, device.id, contact_ms=now_ms, offset_ms=device.offset_ms, offers_again=again)
            if isinstance(batch, WireProblem):
                quarantine.keep_batch(connection, device.id, push.changes, reason=batch.key, at_ms=now_ms)
                return _Taken(refused=batch.key)
            for aside in batch.set_aside:
                quarantine.keep_change(connection, device.id, aside.row.change, reason=aside.key, at_ms=now_ms)
            appended = append(connection, batch.rows, device, now_ms=now_ms)
        named = [(aside.row.change, aside.key) for aside in batch.set_aside]
        named += [(refusal.change, refusal.key) for refusal in appended.refused]
        set_aside = [(change.incarnation, change.n, change.device, key) for change, key in named]
        return _Taken(set_aside, [(change.incarnation, change.n) for change in appended.copied])

    def _give(
        self, request: Request, hello: Hello, device: Device, push: Push | None, taken: _Taken, now_ms: int
    ) -> bytes:
        whole = push is not None and push.full
        with self.database.read() as connection:
            puller = Puller(connection, device, incarnation=None if whole else request.incarnation)
            pulled = puller.pull(hello.seq, most_bytes=min(max(request.most, _MOST_MIN), _MOST_MAX))
            count, total = (0, 0) if pulled.more else puller.sums()
            mark = puller.mark(pulled.upto)
        same = push is None and pulled.is_empty and (count, total) == (hello.count, hello.checksum)
        self._note_contact(device, now_ms)
        if same:
            answer = Answer(same=True, epoch=self.identity.epoch, seq=pulled.upto, clock_ms=now_ms)
            return b"\0" + signed_answer(answer, signer=self.identity.keys, hello=request.hello)
        news = News(
            to=mark_of(request.hello),
            epoch=self.identity.epoch,
            seq=pulled.upto,
            mark=mark,
            clock_ms=now_ms,
            rows=pulled.rows,
            echoes=pack_echoes(pulled.echoes),
            echo_mark=content_mark([row.change for row in pulled.echoes]),
            set_aside=list(taken.set_aside),
            copied=list(taken.copied),
            entered=[id_to_bytes(record) for record in pulled.entered],
            left=[(kind, id_to_bytes(record)) for kind, record in pulled.left],
            refused=taken.refused,
            more=pulled.more,
            count=count,
            total=total,
        )
        return self._sealed(news, device)

    def _note_contact(self, device: Device, now_ms: int) -> None:
        """An idle exchange writes nothing most of the time."""
        if abs(now_ms - device.contact_ms) > CONTACT_NOTED_EVERY_MS:
            with self.database.write() as connection:
                devices.note(connection, device.id, contact_ms=now_ms, offset_ms=device.offset_ms)

    def _find_common(self, hello: Hello, device: Device, said: bytes, push: Push | None, now_ms: int) -> bytes:
        """The device knows another life of the log: find the newest point that both know; it offers again from there."""
        common = -1
        if push is not None and push.points:
            with self.database.read() as connection:
                puller = Puller(connection, device, incarnation=None)
                known = [seq for seq, mark in push.points[:_POINTS_MAX] if seq and puller.mark(seq) == mark]
            common = max(known, default=0)
            with self.database.write() as connection:
                devices.note(connection, device.id, offers_again=True)
        to, epoch = mark_of(said), self.identity.epoch
        return self._sealed(News(to=to, epoch=epoch, seq=hello.seq, mark=hello.mark, clock_ms=now_ms, common=common), device)

    def _sealed(self, news: News, device: Device) -> bytes:
        keys = self.identity.keys
        return b"\1" + seal(pack(news), signer=keys, sender_id=LEAGUE_ID, receiver_key=device.public, purpose=NEWS)

    def upload(self, body: bytes, *, now_ms: int) -> bytes | Refused:
        """Take in what a scheduler posted from an outbox. The signed answer says whether all of it is in the log."""
        upload = unpack(body, Upload)
        if upload is None or not upload.envelopes:
            return Refused("request_damaged")
        taken = True
        for envelope in upload.envelopes:
            done = self._take_sealed(envelope, now_ms)
            if isinstance(done, Refused):
                return done
            if not done:  # what follows was numbered after it
                taken = False
                break
        with self.database.read() as connection:
            seq = newest(connection)
        answer = Answer(same=taken, epoch=self.identity.epoch, seq=seq, clock_ms=now_ms)
        return signed_answer(answer, signer=self.identity.keys, hello=body)

    def _take_sealed(self, envelope: bytes, now_ms: int) -> bool | Refused:
        found: list[Device] = []

        def key_of(sender: str) -> bytes | None:
            device = devices.find(connection, sender)
            found.extend([device] if device else [])
            return device.public.sign if device else None

        with self.database.read() as connection:
            opened = open_sealed(envelope, my_key=self.identity.keys, verify_keys=key_of, purpose=PUSH)
            push = unpack(opened.payload, Push) if isinstance(opened, Opened) else None
            if not isinstance(opened, Opened) or push is None:
                return Refused(opened.key if isinstance(opened, EnvelopeProblem) else "request_damaged", 403)
            strange = not _knows(Puller(connection, found[0], incarnation=None), push)
        if found[0].revoked:
            self._keep_of_revoked(found[0], envelope, now_ms)
            return Refused("device_revoked", 403)
        if strange:  # `seen` in it counts on another life of the log: the next full exchange sees to it
            return False
        return not self._take(push, found[0], now_ms).copied  # another copy went on: the next full exchange sees to it

    def join(self, body: bytes, *, now_ms: int) -> bytes | Refused:
        """Enrol a device by its one-time code; the answer is sealed to it."""
        opened = open_sealed(body, my_key=self.identity.keys, verify_keys=key_of_self_named, purpose=JOIN)
        join = unpack(opened.payload, Join) if isinstance(opened, Opened) else None
        public = PublicKeys.from_bytes(join.public_keys) if join else None
        if not isinstance(opened, Opened) or join is None or public is None or self_named(public) != opened.sender_id:
            return Refused("request_damaged")
        with self.database.write() as connection:
            refused = devices.enroll(connection, join, now_ms=now_ms)
            device = devices.find(connection, join.device)
        area = device.area if device and not refused else ""
        welcome = Welcome(join.secret, area, self.identity.epoch, now_ms, refused or "")
        keys = self.identity.keys
        return seal(pack(welcome), signer=keys, sender_id=LEAGUE_ID, receiver_key=public, purpose=WELCOME)


def _knows(puller: Puller, told: Hello | Push) -> bool:
    """Whether the cursor is a point of this log."""
    return told.seq == 0 or puller.mark(told.seq) == told.mark


def open_league(database: Database) -> League:
    """The league of this database; its keys are made at the first start."""
    with database.read() as connection:
        known = devices.identity(connection)
    if known is None:
        with database.write() as connection:
            known = devices.make_identity(connection)
    return League(database, known)

