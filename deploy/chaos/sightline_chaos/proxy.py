"""A TCP proxy between worker and Triton that can hold back, cut and half-close what goes through it."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable

CHUNK = 65536


class Proxy:
    """Listens on a port of its own and forwards to another one, which may come and go."""

    def __init__(self, target: Callable[[], int | None]) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self._links: set[_Link] = set()
        self._flows = threading.Event()
        self._flows.set()
        self._refuses = threading.Event()
        self.held = 0
        self.carried = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._refuses.set()
        self._flows.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def hold(self) -> None:
        """From now on nothing is forwarded, in neither direction, and nothing is lost."""
        self.held = 0
        self._flows.clear()

    def release(self) -> None:
        """Forward again, first what was held back."""
        self._flows.set()

    def refuse(self) -> None:
        self._refuses.set()

    def admit(self) -> None:
        self._refuses.clear()

    def cut(self) -> int:
        """Reset every connection on both sides; return how many."""
        with self._lock:
            links, self._links = self._links, set()
        for link in links:
            link.reset()
        return len(links)

    def half_close(self) -> int:
        """End the direction to the worker and keep the other one open; return of how many connections."""
        with self._lock:
            links = list(self._links)
        for link in links:
            with contextlib.suppress(OSError):
                link.worker.shutdown(socket.SHUT_WR)
        return len(links)

    def _accept(self) -> None:
        while True:
            try:
                worker, _ = self._listener.accept()
            except OSError:
                return
            port = None if self._refuses.is_set() else self._target()
            try:
                if port is None:
                    raise ConnectionRefusedError
                triton = socket.create_connection(("127.0.0.1", port), timeout=5)
            except OSError:
                _reset(worker)
                continue
            triton.settimeout(None)
            link = _Link(worker, triton)
            with self._lock:
                self._links.add(link)
            for source, sink in ((worker, triton), (triton, worker)):
                source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._forward, args=(link, source, sink), daemon=True).start()

    def _forward(self, link: _Link, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(CHUNK):
                if not self._flows.is_set():
                    self.held += len(data)
                    self._flows.wait()
                self.carried += len(data)
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
            link.open_directions -= 1
            if link.open_directions:
                return
        with self._lock:
            self._links.discard(link)
        link.reset()


class _Link:
    """The two connections that one accepted connection is made of."""

    def __init__(self, worker: socket.socket, triton: socket.socket) -> None:
        self.worker, self.triton = worker, triton
        self.open_directions = 2

    def reset(self) -> None:
        """Close both at once, by a reset and not by an orderly end; wakes whoever reads from them."""
        for one in (self.worker, self.triton):
            _reset(one)


def _reset(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        one.shutdown(socket.SHUT_RD)
    with contextlib.suppress(OSError):
        one.close()
