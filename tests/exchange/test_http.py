"""The same exchange over real sockets through uvicorn: sizes, broken lines, no server, hostile requests."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator

import httpx2
import pytest

from shequ_desktop.services import outbox, synchronise
from shequ_desktop.services.synchronise import Synchronised
from shequ_desktop.sync.messages import REQUEST_MAX
from shequ_desktop.sync.transports.http import HttpRoad
from tests.exchange.line import Line, served
from tests.exchange.place import Laptop, Place


@pytest.fixture
def port(place: Place) -> Iterator[int]:
    with served(place) as port:
        yield port


def sync(laptop: Laptop, address: str) -> Synchronised:
    done = synchronise.synchronise(laptop.archive, road=HttpRoad(address), pause=lambda _s: None)
    assert isinstance(done, Synchronised), done
    return done


def homes(laptop: Laptop, count: int) -> None:
    with laptop.archive.write() as work:
        work.put("household", [(work.new_id(), {"number": str(n), "remark": f"话{n * 7919}"}) for n in range(count)])


def test_an_idle_exchange_is_one_request_and_its_answer_under_a_thousand_bytes(place: Place, port: int) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    homes(a, 300)
    for laptop in (a, b, a, b):
        assert sync(laptop, f"http://127.0.0.1:{port}").problem is None
    line = Line(port)
    assert sync(a, line.address) == Synchronised(0, 0, 0, 0, 0)
    assert line.connections == 1
    assert 200 < line.carried < 1000, line.carried
    line.close()


def test_a_line_that_breaks_every_twenty_kilobytes_carries_a_roster_both_ways_in_one_sync_each(place: Place, port: int) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    homes(a, 2500)
    line = Line(port, cut_after=20_000)
    for laptop in (a, b):
        done = sync(laptop, line.address)
        assert done.problem is None, done
    assert line.connections > 3, "it did break"
    place.agree()
    line.close()


def test_an_upload_without_a_passphrase_goes_over_http_too(place: Place, port: int) -> None:
    a = place.laptop("a")
    homes(a, 2000)
    line = Line(port, cut_after=20_000)
    done = outbox.upload_only(a.archive.folder, road=HttpRoad(line.address))
    assert done == outbox.Uploaded(2000, 0)
    line.close()


def test_where_nobody_answers_it_is_said_quickly(place: Place) -> None:
    a = place.laptop("a")
    with socket.create_server(("127.0.0.1", 0)) as free:
        shut = free.getsockname()[1]
    began = time.monotonic()
    told = sync(a, f"http://127.0.0.1:{shut}")
    assert told.problem is not None
    assert told.problem.key == "league_not_reached"
    assert time.monotonic() - began < 5


def test_who_accepts_and_never_answers_is_given_up_within_fifteen_seconds(place: Place) -> None:
    a = place.laptop("a")
    with socket.create_server(("127.0.0.1", 0)) as mute:
        road = HttpRoad(f"http://127.0.0.1:{mute.getsockname()[1]}")
        ticks = iter(range(0, 10**9, 4000))  # each look at the clock is four seconds later
        real_post = road.post
        waits: list[float] = []

        def post(path: str, body: bytes, *, within_s: float) -> object:
            waits.append(within_s)
            return real_post(path, body, within_s=0.05)

        road.post = post  # type: ignore[method-assign, assignment]
        told = synchronise.synchronise(a.archive, road=road, pause=lambda _s: None, ticks=lambda: next(ticks))
    assert isinstance(told, Synchronised)
    assert told.problem is not None
    assert max(waits) <= 15
    assert len(waits) <= 4


@pytest.mark.parametrize("path", ["/exchange", "/upload", "/enroll"])
def test_hostile_requests_are_answered_by_400_and_the_server_goes_on(place: Place, port: int, path: str) -> None:
    address = f"http://127.0.0.1:{port}"
    bodies = [b"", b"\x00" * 100, b"\x91" * 100_000, b"\xdd\xff\xff\xff\xff", bytes(range(256)) * 40, b"\x93\xc4\x00\xc4\x00"]
    for body in bodies:
        assert httpx2.post(address + path, content=body).status_code in (400, 403)
    assert httpx2.get(address + path).status_code == 405
    assert httpx2.get(f"{address}/keys").content == place.league.public_keys
    assert httpx2.get(f"{address}/nowhere").status_code == 404


def test_a_body_that_is_too_large_is_not_read_to_its_end(port: int) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(REQUEST_MAX // 65_536 + 100):
            yield b"x" * 65_536

    with contextlib.suppress(httpx2.WriteError):  # the server may have hung up already
        assert httpx2.post(f"http://127.0.0.1:{port}/exchange", content=endless()).status_code == 413
    assert httpx2.get(f"http://127.0.0.1:{port}/keys").status_code == 200


def test_many_codes_cannot_be_tried(port: int) -> None:
    with httpx2.Client() as client:
        statuses = [client.post(f"http://127.0.0.1:{port}/enroll", content=b"x").status_code for _ in range(70)]
    assert statuses[0] == 400
    assert statuses[-1] == 429
