"""Enrolment (登记设备): keys are swapped with a league by a one-time code that a person types from paper."""

from __future__ import annotations

import platform

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import league_link, outbox, practice
from shequ_desktop.services.roads import AnyRoad, road_to
from shequ_desktop.storage import meta
from shequ_desktop.storage.archive import Archive
from shequ_desktop.sync.envelope import EnvelopeProblem, open_sealed, seal, self_named
from shequ_desktop.sync.exchange import Broken, TurnedAway
from shequ_desktop.sync.keys import CodeProblem, DeviceKeys, PublicKeys, fingerprint, read_code
from shequ_desktop.sync.messages import JOIN, WELCOME, Join, Welcome, pack, unpack

WITHIN_S = 15.0


def enroll(
    archive: Archive, *, server: str, code: str, road: AnyRoad | None = None, device_name: str = "", for_practice: bool = False
) -> Problem | None:
    """Enrol this archive with the league at `server`. The same code may be used again by the same archive.

    `for_practice`: the league is a demonstration's own; an archive for practice is enrolled with no other.
    """
    if not server.startswith(("http://", "https://")):
        return Problem("server_not_an_address", values=(("server", server),))
    read = read_code(code)
    if isinstance(read, CodeProblem):
        return Problem(read.key, values=(("at", read.at),))
    with archive.read() as reader:
        linked = league_link.read(reader.connection)
    if practice.is_practice(archive) and not for_practice:
        return Problem("practice_archive_stays")
    road = road or road_to(server)
    league = _league_keys(road, read.fingerprint, server)
    if isinstance(league, Problem):
        return league
    keys = _device_keys(archive)
    joined = _join(archive, road, keys, league, secret=read.secret, name=device_name or platform.node() or "laptop")
    if isinstance(joined, Problem):
        return joined
    with archive.engine.begin() as connection:
        league_link.write(connection, server=server, league=league, area=joined.area, epoch=joined.epoch)
        meta.put(connection, clock_offset=joined.clock_ms - archive.clock())
        if linked and linked.league == league and linked.area != joined.area:
            meta.put(connection, read_again=1)  # another area: what belongs to it comes, what does not leaves
    outbox.begin_anew(archive)
    archive.refresh()
    return None


def _league_keys(road: AnyRoad, expected: str, server: str) -> PublicKeys | Problem:
    """The league's public keys, as long as they are those that the code was printed for."""
    answer = road.get("/keys", within_s=WITHIN_S)
    if isinstance(answer, Broken):
        return Problem("league_not_reached", values=(("server", server),))
    league = PublicKeys.from_bytes(answer) if isinstance(answer, bytes) else None
    if league is None:
        return Problem("no_league_there", values=(("server", server),))
    return league if fingerprint(league) == expected else Problem("other_league", values=(("server", server),))


def _device_keys(archive: Archive) -> DeviceKeys:
    with archive.engine.begin() as connection:
        keys = league_link.device_keys(connection)
        if keys is None:
            keys = DeviceKeys.make()
            league_link.write_keys(connection, keys)
    return keys


def _join(
    archive: Archive, road: AnyRoad, keys: DeviceKeys, league: PublicKeys, *, secret: str, name: str
) -> Welcome | Problem:
    with archive.read() as reader:
        device = reader.meta("device")
    public = keys.public()
    join = Join(secret, device, name[:200], public.to_bytes(), archive.clock())
    body = seal(pack(join), signer=keys, sender_id=self_named(public), receiver_key=league, purpose=JOIN)
    answer = road.post("/enroll", body, within_s=WITHIN_S)
    if isinstance(answer, Broken):
        return Problem("league_broke_off")
    if isinstance(answer, TurnedAway):
        return Problem(answer.key)

    def key_of(_sender: str) -> bytes:
        return league.sign

    opened = open_sealed(answer, my_key=keys, verify_keys=key_of, purpose=WELCOME)
    welcome = unpack(opened.payload, Welcome) if not isinstance(opened, EnvelopeProblem) else None
    if welcome is None or welcome.to != secret:
        return Problem("league_answer_wrong")
    return Problem(welcome.refused) if welcome.refused else welcome
