"""Call the API as somebody: in Flask's test client, or over the wire."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from flask import Flask

from workflow.demonstration.office import PASSWORD
from workflow.opening import DEMONSTRATION_ACCOUNTS

PREFIX = "/api/v1"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def reasons(self) -> list[str]:
        """Return why it was refused; fails when that is not told as it should be."""
        assert self.headers["Content-Type"] == "application/problem+json", self.body
        assert self.json["status"] == self.status
        assert self.json["reasons"], "a refusal without a reason"
        return self.json["reasons"]


class Wire(Protocol):
    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Reply: ...


class InProcess:
    def __init__(self, app: Flask) -> None:
        self.client = app.test_client(use_cookies=False)

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Reply:
        response = self.client.open(path, method=method, headers=dict(headers), data=body)
        return Reply(response.status_code, response.headers, response.data)


class OverHttp:
    def __init__(self, url: str) -> None:
        self.url = url

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Reply:
        address = self.url + urllib.parse.quote(path, safe="/?=&%")
        request = urllib.request.Request(address, method=method, headers=dict(headers), data=body)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return Reply(response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, error.headers, error.read())


class Caller:
    """Somebody with a token, or nobody."""

    def __init__(self, wire: Wire, token: str | None = None, language: str = "zh") -> None:
        self.wire, self.token, self.language = wire, token, language

    def call(
        self, method: str, path: str, given: Any = None, *, raw: bytes | None = None, **headers: str
    ) -> Reply:
        sent = {"Accept-Language": self.language}
        if self.token is not None:
            sent["Authorization"] = f"Bearer {self.token}"
        if given is not None:
            raw = json.dumps(given).encode()
        if raw is not None:
            sent["Content-Type"] = "application/json"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.wire.send(method, PREFIX + path, sent, raw)

    def get(self, path: str, **headers: str) -> Reply:
        return self.call("GET", path, **headers)

    def document(self, id_: str) -> Any:
        reply = self.get(f"/documents/{id_}")
        assert reply.status == 200, reply.body
        return reply.json

    def draft(self, content: Mapping[str, Any], **headers: str) -> Reply:
        return self.call("POST", "/documents", {"kind": "notice", "content": content}, **headers)

    def act(
        self, id_: str, name: str, version: int | str | None, inputs: Any = None, **headers: str
    ) -> Reply:
        if version is not None:
            headers["If_Match"] = f'"{version}"' if isinstance(version, int) else version
        return self.call("POST", f"/documents/{id_}/actions/{name}", inputs or {}, **headers)

    def write(self, id_: str, version: int, content: Any, query: str = "") -> Reply:
        return self.call("PUT", f"/documents/{id_}/content{query}", content, If_Match=f'"{version}"')


class Everybody:
    """The demonstration office's people, signed in as they are asked for."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self._tokens: dict[str, str] = {}

    def __call__(self, username: str, language: str = "zh") -> Caller:
        if username not in self._tokens:
            reply = Caller(self.wire).call("POST", "/tokens", {"username": username, "password": PASSWORD})
            assert reply.status == 201, reply.body
            self._tokens[username] = reply.json["token"]
        return Caller(self.wire, self._tokens[username], language)

    def nobody(self, language: str = "zh") -> Caller:
        return Caller(self.wire, None, language)

    def bring_to(self, id_: str, state: str, **inputs: Any) -> Any:
        """Bring a document on until it is at a stage, knowing no step by heart; return it.

        At each stage the first account that is allowed an act forward takes it with its defaults,
        and with those of `inputs` that the act asks for.
        """
        seer = self._sees(id_)
        reached = seer.document(id_)["state"]
        for _ in range(30):
            if reached == state:
                return seer.document(id_)
            taken = self._step(id_, inputs)
            assert taken, f"nobody can bring the document on from {reached}"
            reached = taken["state"]
        raise AssertionError(f"the document never came to {state}")

    def _sees(self, id_: str) -> Caller:
        return next(
            self(who)
            for who in DEMONSTRATION_ACCOUNTS
            if self(who).get(f"/documents/{id_}/movements").status == 200
        )

    def _step(self, id_: str, inputs: Mapping[str, Any]) -> Any:
        for who in DEMONSTRATION_ACCOUNTS:
            reply = self(who).get(f"/documents/{id_}")
            if reply.status != 200:
                continue
            for action in reply.json["actions"]:
                if action["allowed"] and action["direction"] == "forward":
                    given = {name: inputs[name] for name in action["inputs"]["properties"] if name in inputs}
                    taken = self(who).act(id_, action["name"], reply.json["version"], given)
                    assert taken.status == 200, taken.body
                    return taken.json
        return None
