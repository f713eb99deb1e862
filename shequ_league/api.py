"""The league on HTTP: four addresses, plain functions in threads. Whatever arrives, the answer is never a 500."""

from __future__ import annotations

import threading
from collections.abc import Callable

from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from shequ_desktop.sync.messages import REQUEST_MAX
from shequ_league.meeting import League, Refused

Clock = Callable[[], int]
JOINS_PER_MINUTE = 60


class _JoinGate:
    """Lets nobody try many codes: so many askings a minute and no more."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._minute, self._count = 0, 0

    def is_shut(self) -> bool:
        with self._lock:
            minute = self._clock() // 60_000
            self._minute, self._count = minute, self._count + 1 if minute == self._minute else 1
            return self._count > JOINS_PER_MINUTE


def make_api(league: League, clock: Clock) -> Starlette:
    """The application that uvicorn serves. `clock` answers milliseconds since 1970 UTC."""
    gate = _JoinGate(clock)

    async def exchange(request: Request) -> Response:
        body = await _body(request)
        return _response(await run_in_threadpool(lambda: league.meet(body, now_ms=clock())))

    async def upload(request: Request) -> Response:
        body = await _body(request)
        return _response(await run_in_threadpool(lambda: league.upload(body, now_ms=clock())))

    async def enroll(request: Request) -> Response:
        body = await _body(request)
        if gate.is_shut():
            return _response(Refused("too_many_codes", 429))
        return _response(await run_in_threadpool(lambda: league.join(body, now_ms=clock())))

    async def keys(_request: Request) -> Response:
        return _response(league.public_keys)

    routes = [
        Route("/exchange", exchange, methods=["POST"]),
        Route("/upload", upload, methods=["POST"]),
        Route("/enroll", enroll, methods=["POST"]),
        Route("/keys", keys, methods=["GET"]),
    ]
    return Starlette(routes=routes, exception_handlers={DBAPIError: _database_away})


async def _database_away(_request: Request, _error: Exception) -> Response:
    """A full disk, a database that was stopped: nothing was written, the laptop tries again later."""
    return Response(b"league_database_closed", status_code=503)


async def _body(request: Request) -> bytes:
    """The whole body, as long as it is not too large."""
    parts: list[bytes] = []
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > REQUEST_MAX:
                raise HTTPException(413)
            parts.append(part)
    except ClientDisconnect as gone:
        raise HTTPException(400) from gone
    return b"".join(parts)


def _response(answer: bytes | Refused) -> Response:
    if isinstance(answer, Refused):
        return Response(answer.key.encode(), status_code=answer.status)
    return Response(answer)
