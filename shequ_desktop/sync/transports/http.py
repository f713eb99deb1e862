"""The road over HTTP. Few headers, so that an idle exchange stays small; a broken connection is never used again."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx2

from shequ_desktop.sync.exchange import Broken, TurnedAway
from shequ_desktop.sync.messages import REQUEST_MAX

CONNECT_WITHIN_S = 5.0
DRIPS_FOR = 3
"""An answer that comes drop by drop may take this many times as long as one that is waited for."""
_TURNED_AWAY = frozenset({400, 403, 404, 413, 429})
_WORDS_OF_A_LEAGUE = frozenset(
    {"request_damaged", "device_revoked", "too_many_codes", "sync.sender_unknown", "sync.signature_wrong"}
    | {f"sync.envelope_{what}" for what in ("damaged", "misdirected", "too_large", "unreadable", "version")}
)


class HttpRoad:
    """Talks to one server. `server`: its address, with a path where it stands behind one."""

    def __init__(
        self, server: str, *, transport: httpx2.BaseTransport | None = None, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self.server = server.rstrip("/")
        self._transport = transport
        self._ticks = ticks
        self._client: httpx2.Client | None = None
        self._answers = 0

    def post(self, path: str, body: bytes, *, within_s: float) -> bytes | Broken | TurnedAway:
        return self._ask("POST", path, body, within_s)

    def get(self, path: str, *, within_s: float) -> bytes | Broken | TurnedAway:
        return self._ask("GET", path, None, within_s)

    def _ask(self, method: str, path: str, body: bytes | None, within_s: float) -> bytes | Broken | TurnedAway:
        client = self._open()
        timeout = httpx2.Timeout(within_s, connect=min(CONNECT_WITHIN_S, within_s))
        used = self._answers > 0
        try:
            with client.stream(method, self.server + path, content=body, timeout=timeout) as response:
                content = _read(response, until=self._ticks() + DRIPS_FOR * within_s, ticks=self._ticks)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.UnsupportedProtocol, httpx2.InvalidURL):
            self.close()
            return Broken(reached=False)
        except (httpx2.HTTPError, httpx2.StreamError):
            self.close()
            return Broken(reached=True, used=used)
        if content is None or (response.status_code != 200 and response.status_code not in _TURNED_AWAY):
            self.close()
            return Broken(reached=True)
        if response.status_code != 200:
            return TurnedAway(_key_of(content))
        self._answers += 1
        return content

    def _open(self) -> httpx2.Client:
        if self._client is None:
            headers = {"user-agent": "shequ", "accept-encoding": "identity"}
            self._client = httpx2.Client(headers=headers, transport=self._transport, follow_redirects=False)
            self._answers = 0
        return self._client

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


def _read(response: httpx2.Response, *, until: float, ticks: Callable[[], float]) -> bytes | None:
    """The body; None where it is larger than any answer of a league, or has no end."""
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():
        size += len(part)
        if size > REQUEST_MAX or ticks() > until:
            return None
        parts.append(part)
    return b"".join(parts)


def _key_of(content: bytes) -> str:
    """The key of a sentence, as a league names it; anything else is no word of ours."""
    text = content[:80].decode("ascii", "replace")
    return text if text in _WORDS_OF_A_LEAGUE else "league_answer_wrong"
