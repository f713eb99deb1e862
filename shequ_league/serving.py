"""Serves the league with uvicorn, and stops it in good order."""

from __future__ import annotations

import os
import socket

import uvicorn

from shequ_league.api import Clock, make_api
from shequ_league.meeting import League


def door(host: str, port: int) -> socket.socket:
    """The address, taken before anybody is told that it is served. Raises OSError."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    taken = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # a port that was served a moment ago; on Windows the word means something else
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
    except OSError:
        taken.close()
        raise
    return taken


def server(league: League, *, host: str, port: int, clock: Clock) -> uvicorn.Server:
    """A server that is not yet running. Its headers are few: an idle exchange stays under a thousand bytes."""
    config = uvicorn.Config(
        make_api(league, clock),
        host=host,
        port=port,
        server_header=False,
        date_header=False,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=10,
        lifespan="off",
    )
    return uvicorn.Server(config)
