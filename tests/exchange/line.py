"""A line between laptops and a league over real sockets: counts bytes, and can break after so many of them."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import uvicorn

from shequ_league import serving
from tests.exchange.place import Place


class Line(threading.Thread):
    """Passes bytes to the league and back. `cut_after`: a connection is cut when so many bytes went over it."""

    def __init__(self, to: int, *, cut_after: int | None = None) -> None:
        super().__init__(daemon=True)
        self.to, self.cut_after, self.carried, self.connections = to, cut_after, 0, 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self) -> None:
        while True:
            try:
                here, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            there = socket.create_connection(("127.0.0.1", self.to), 5)
            left = [self.cut_after]
            for source, target in ((here, there), (there, here)):
                threading.Thread(target=self._pass, args=(source, target, left), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, left: list[int | None]) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                self.carried += len(data)
                if left[0] is not None:
                    left[0] -= len(data)
                    if left[0] <= 0:
                        break
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._socket.close()


@contextlib.contextmanager
def served(place: Place) -> Iterator[int]:
    """The league of this place on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    server = serving.server(place.league, host="127.0.0.1", port=port, clock=place.hands.look)
    thread = threading.Thread(target=_run, args=(server,), daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
        assert thread.is_alive()
    yield port
    server.should_exit = True
    thread.join(15)
    assert not thread.is_alive()


def _run(server: uvicorn.Server) -> None:
    server.run()
