"""A client of `sightline reward serve`. Standard library only; safe for use by several threads."""

import functools
import http.client
import json
import os
import threading
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

DEFAULT_URL = "http://127.0.0.1:8384"
Item = Mapping[str, Any]


class RewardError(Exception):
    """What the service said, or why it could not be asked."""


class Client:
    """Scores completions by the service at a URL.

    An item has the fields of a line of `sightline reward score`: completion, answer, answerType (text, integer or
    time), and where the design needs them family, question, scene, mode, truncated, reader, step, tokens and so on.
    """

    def __init__(self, url: str = DEFAULT_URL, *, timeout: float = 120.0, batch: int = 1000) -> None:
        parts = urlsplit(url)
        if parts.scheme != "http" or not parts.hostname:
            raise ValueError(f"url: {url!r} is no use; give one such as {DEFAULT_URL}")
        if batch < 1:
            raise ValueError(f"batch: {batch} is no use; give 1 or more")
        self._address = (parts.hostname, parts.port or 80)
        self._path = parts.path.rstrip("/")
        self._timeout = timeout
        self._batch = batch
        self._local = threading.local()

    def score(self, design: str, items: Iterable[Item]) -> list[dict[str, Any]]:
        """The whole result of each item, in order: total, terms, parsed, D, P, Q, S, A."""
        return self._score(design, items, brief=False)

    def rewards(self, design: str, items: Iterable[Item]) -> list[float]:
        """The total of each item, in order."""
        return [result["total"] for result in self._score(design, items, brief=True)]

    def _score(self, design: str, items: Iterable[Item], *, brief: bool) -> list[dict[str, Any]]:
        everything = list(items)
        results: list[dict[str, Any]] = []
        for start in range(0, len(everything), self._batch):
            part = everything[start : start + self._batch]
            answer = self._ask("POST", "/v1/score", {"design": design, "items": part, "brief": brief})
            results += answer["results"]
        return results

    def designs(self) -> list[dict[str, Any]]:
        """What the service can score by."""
        return self._ask("GET", "/v1/designs", None)["designs"]

    def healthy(self) -> bool:
        """Whether the service answers."""
        try:
            return self._ask("GET", "/healthz", None)["status"] == "up"
        except (RewardError, KeyError):
            return False

    def _ask(self, method: str, path: str, body: Any) -> Any:
        payload = None if body is None else json.dumps(body).encode()
        try:
            status, text = self._send(method, path, payload)
        except (OSError, http.client.HTTPException) as failure:
            where = "http://{}:{}".format(*self._address)
            raise RewardError(
                f"no answer from {where} ({failure}); start `sightline reward serve`, or give its url"
            ) from failure
        try:
            answer = json.loads(text)
        except ValueError as failure:
            raise RewardError(f"status {status} and no JSON: {text[:200]!r}") from failure
        if status != 200:
            raise RewardError(str(answer.get("error", answer)) if isinstance(answer, dict) else str(answer))
        return answer

    def _send(self, method: str, path: str, payload: bytes | None) -> tuple[int, bytes]:
        """Over a connection that stays open; once more over a new one where the service has closed it meanwhile."""
        kept: http.client.HTTPConnection | None = getattr(self._local, "connection", None)
        if kept is not None:
            try:
                return self._exchange(kept, method, path, payload)
            except (ConnectionError, http.client.RemoteDisconnected, http.client.CannotSendRequest):
                self._local.connection = None
        fresh = http.client.HTTPConnection(*self._address, timeout=self._timeout)
        answer = self._exchange(fresh, method, path, payload)
        self._local.connection = fresh
        return answer

    def _exchange(
        self, connection: http.client.HTTPConnection, method: str, path: str, payload: bytes | None
    ) -> tuple[int, bytes]:
        done = False
        try:
            connection.request(method, self._path + path, payload, {"Content-Type": "application/json"})
            response = connection.getresponse()
            answer = response.status, response.read()
            done = not response.will_close
            return answer
        finally:
            if not done:
                connection.close()


@functools.cache
def default_client(url: str | None = None) -> Client:
    """One client a URL; without one that of SIGHTLINE_REWARD_URL, else of this machine."""
    return Client(url or os.environ.get("SIGHTLINE_REWARD_URL") or DEFAULT_URL)
