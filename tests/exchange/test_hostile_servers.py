"""Servers that are none: silent, dripping, speaking in words of their own. A command ends in time with a sentence of ours."""

from __future__ import annotations

import itertools

import httpx2
import pytest

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import enrolling, outbox
from shequ_desktop.services.roads import AnyRoad
from shequ_desktop.sync.exchange import Broken, TurnedAway
from shequ_desktop.sync.transports.http import HttpRoad
from shequ_desktop.wording import LANGUAGES, catalogue
from tests.exchange.place import Place


class SilentRoad:
    """Connects, and waits for an answer until the time is over."""

    def __init__(self) -> None:
        self.clock = 0.0

    def post(self, path: str, body: bytes, *, within_s: float) -> Broken:
        self.clock += within_s
        return Broken(reached=True)

    def get(self, path: str, *, within_s: float) -> Broken:
        return self.post(path, b"", within_s=within_s)

    def close(self) -> None:
        pass


def answering(status: int, content: bytes) -> AnyRoad:
    return HttpRoad("http://x", transport=httpx2.MockTransport(lambda _request: httpx2.Response(status, content=content)))


def test_an_upload_to_a_server_that_says_nothing_ends_within_fifteen_seconds(place: Place) -> None:
    a = place.laptop("a")
    a.add(number="1")
    road = SilentRoad()
    told = outbox.upload_only(a.archive.folder, road=road, ticks=lambda: road.clock)
    assert isinstance(told, Problem)
    assert road.clock < 15
    assert outbox.upload_only(a.archive.folder, road=a.road) == outbox.Uploaded(sent=1, waiting=0)


@pytest.mark.parametrize("word", [b"needed", b"foo", b"\xff\xfe", b"", b"text_too_long", b"<html>Hello</html>"])
@pytest.mark.parametrize("status", [400, 403, 404, 413, 429])
def test_words_of_a_server_that_is_no_league_never_become_our_sentence(place: Place, word: bytes, status: int) -> None:
    assert answering(status, word).post("/exchange", b"", within_s=1) == TurnedAway("league_answer_wrong")
    a = place.laptop("a", enrolled=False)
    told = enrolling.enroll(a.archive, server="http://x", code=place.code(), road=answering(status, word))
    assert isinstance(told, Problem)
    for language in LANGUAGES:
        assert catalogue(language)[told.key].format(**dict(told.values))


def test_an_answer_without_end_is_a_broken_line() -> None:
    ticks = itertools.count(0, 1)

    def drip() -> itertools.repeat[bytes]:
        return itertools.repeat(b"x")

    transport = httpx2.MockTransport(lambda _request: httpx2.Response(200, content=drip()))
    road = HttpRoad("http://x", transport=transport, ticks=lambda: next(ticks))
    assert road.post("/exchange", b"", within_s=5.0) == Broken(reached=True)
    assert next(ticks) < 30
