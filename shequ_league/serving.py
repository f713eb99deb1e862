"""Serves the league with uvicorn, and stops it in good order."""

from __future__ import annotations

import uvicorn

from shequ_league.api import Clock, make_api
from shequ_league.meeting import League


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
