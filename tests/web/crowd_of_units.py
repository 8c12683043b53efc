"""Units at their browsers over HTTP: each answer timed, a busy server tried again as it asks for."""

import http.client
import mimetypes
import time
import urllib.parse
import uuid
from collections import Counter
from dataclasses import dataclass, field
from statistics import median, quantiles

from lxml import html
from lxml.html import FormElement

MOST_TRIES = 60
PATIENCE = 60.0  # seconds for one answer, more than any browser's user has


@dataclass
class Answers:
    """What came back: by kind of request how long each took, and the statuses."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    without_retry_after: int = 0

    def note(self, kind: str, status: int, seconds: float) -> None:
        self.seconds.setdefault(kind, []).append(seconds)
        self.statuses[kind, status] += 1

    def figures(self) -> dict[str, tuple[int, float, float, float]]:
        """Return by kind how many, the median, the 95th percentile and the longest, in seconds."""
        return {
            kind: (
                len(took),
                *(round(value, 3) for value in (median(took), quantiles(took, n=20)[-1], max(took))),
            )
            for kind, took in self.seconds.items()
            if len(took) > 1
        }


@dataclass
class Page:
    """What a request came to in the end."""

    status: int
    location: str
    text: str

    def form_to(self, end: str) -> FormElement:
        tree = html.fromstring(self.text)
        for template in tree.xpath("//template"):
            template.drop_tree()
        return next(form for form in tree.forms if (form.action or "").partition("?")[0].endswith(end))

    def told(self) -> str:
        """Return what the page tells in its boxes."""
        found = html.fromstring(self.text).xpath("//*[@role='alert' or contains(@class, 'told')]")
        return " ".join(" ".join(box.text_content().split()) for box in found)


class Browser:
    """One unit's browser."""

    def __init__(self, url: str, answers: Answers) -> None:
        self.address = urllib.parse.urlsplit(url).netloc
        self.answers = answers
        self.cookies: dict[str, str] = {}

    def get(self, kind: str, path: str) -> Page:
        return self._ask(kind, "GET", path, None, {})

    def post(self, kind: str, path: str, fields: list[tuple[str, str]]) -> Page:
        body = urllib.parse.urlencode(fields).encode()
        return self._ask(kind, "POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def send(self, kind: str, path: str, fields: dict[str, str], name: str, data: bytes) -> Page:
        """Send a file as the form's script does."""
        mark = uuid.uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
            for field, value in fields.items()
        ]
        kind_of_file = mimetypes.guess_type(name)[0] or "application/octet-stream"
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        parts += [
            f"{head}Content-Type: {kind_of_file}\r\n\r\n".encode(),
            data,
            f"\r\n--{mark}--\r\n".encode(),
        ]
        return self._ask(
            kind, "POST", path, b"".join(parts), {"Content-Type": f"multipart/form-data; boundary={mark}"}
        )

    def sign_in(self, username: str, password: str) -> None:
        form = self.get("sign-in page", "/sign-in").form_to("/sign-in")
        given = dict(form.form_values()) | {"username": username, "password": password}
        assert self.post("sign in", "/sign-in", list(given.items())).status == 302, username

    def _ask(self, kind: str, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Page:
        """Ask until the server is not too busy, with the pause that it wishes each time."""
        for _ in range(MOST_TRIES):
            began = time.perf_counter()
            response, text = self._once(method, path, body, headers)
            self.answers.note(kind, response.status, time.perf_counter() - began)
            if response.status != 503:
                return Page(response.status, response.headers["Location"] or "", text)
            if not response.headers["Retry-After"]:
                self.answers.without_retry_after += 1
            time.sleep(float(response.headers["Retry-After"] or 1))
        raise AssertionError(f"{method} {path}: the server stays busy")

    def _once(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, str]:
        connection = http.client.HTTPConnection(self.address, timeout=PATIENCE)
        sent = headers | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        try:
            connection.request(method, urllib.parse.quote(path, safe="/?=&%#"), body, sent)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response, text
