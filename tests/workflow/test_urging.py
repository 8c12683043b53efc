"""Whoever has a document is urged by hand and by the ladder, once a rung, inside working hours."""

import email
import hashlib
import hmac
import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from sqlalchemy import select

from states.errors import NotAllowed, NotReady
from states.reasons import Reason
from tests.workflow.desk import Desk, at
from tests.workflow.test_calendar import half_past
from workflow import clock, jobs
from workflow.channels import Channels
from workflow.errors import ContentError
from workflow.installation import here, install, read_tx, write_tx
from workflow.models import Job, Notice, Urging
from workflow.urging import by_hand, choice, ladder, outside

MONDAY = at(2026, 11, 23)
ADDRESS = {"email": "head@example.gov.cn", "email_on": "yes"}


def climb(moment: datetime) -> int:
    with clock.held_at(moment):
        return ladder.climb()


def rungs(desk: Desk, moments: list[datetime]) -> list[datetime]:
    """Return those moments at which the ladder told something."""
    return [moment for moment in moments if climb(moment)]


def hours_from(day: datetime, days: int) -> list[datetime]:
    return [day.replace(hour=0) + timedelta(hours=hour) for hour in range(24 * days)]


# --- by hand


@pytest.mark.parametrize("who", ["drafter", "clerk", "unit_head"])
def test_drafter_clerk_and_head_urge_whoever_has_the_document(desk: Desk, who: str) -> None:
    document = desk.at("signing")
    version, way = desk.row(document)["version"], desk.way(document)
    assert [one.name for one in by_hand.urge(desk.id(who), document, "请今日办结")] == ["主任"]
    assert desk.told("signatory")[-1] == "%(name)s urges you: %(note)s"
    assert (desk.row(document)["version"], desk.way(document)) == (version, way)
    with read_tx() as session:
        (one,) = by_hand.urgings(session, desk.row(document)["id"])
    assert (one["note"], one["to"], one["by"]) == ("请今日办结", "主任", desk.person(who).name)


def test_others_do_not_urge(desk: Desk) -> None:
    document = desk.at("signing")
    for who in ("signatory", "deputy"):
        with pytest.raises(NotAllowed):
            by_hand.urge(desk.id(who), document)


def test_nobody_urges_themselves(desk: Desk) -> None:
    document = desk.at("office_review")
    with pytest.raises(NotReady, match="nobody to urge"):
        by_hand.urge(desk.id("clerk"), document)


def test_one_task_is_urged_once_in_half_a_working_day(desk: Desk) -> None:
    with clock.held_at(MONDAY):
        document = desk.at("signing")
        by_hand.urge(desk.id("drafter"), document)
        with pytest.raises(NotReady, match="once in half a working day"):
            by_hand.urge(desk.id("clerk"), document)
    with clock.held_at(half_past(2026, 11, 23, 15)), pytest.raises(NotReady):
        by_hand.urge(desk.id("drafter"), document)
    with clock.held_at(at(2026, 11, 23, 16)):
        by_hand.urge(desk.id("drafter"), document)
    assert desk.told("signatory").count("%(name)s urges you") == 1  # the later takes the earlier's place


# --- by the ladder


def test_an_ordinary_document_is_reminded_of_after_three_working_days_and_then_daily(desk: Desk) -> None:
    with clock.held_at(at(2026, 11, 26)):  # a Thursday
        desk.at("unit_review")
    told = rungs(desk, hours_from(at(2026, 11, 26), 8))
    assert told == [at(2026, 12, day) for day in (1, 2, 3)]
    assert desk.told("unit_head") == ["Overdue since %(due)s at the stage %(stage)s: it waits for you"]


def test_an_urgent_one_at_once_and_then_every_half_working_day(desk: Desk) -> None:
    with clock.held_at(at(2026, 11, 27, 16)):  # a Friday
        desk.at("unit_review", urgency="特急")
    told = rungs(desk, hours_from(at(2026, 11, 27), 4))
    assert told == [
        at(2026, 11, 27, 17),
        at(2026, 11, 30, 11),
        at(2026, 11, 30, 17),
    ]


def test_a_leader_is_not_reminded_but_the_clerk_who_decides(desk_on_both: Desk) -> None:
    desk = desk_on_both
    with clock.held_at(MONDAY):
        document = desk.at("signing", urgency="特急")
    before = desk.told("signatory")
    assert climb(at(2026, 11, 23, 15)) == 1
    assert desk.told("signatory") == before
    assert "decide whether to urge" in desk.told("clerk")[-1]
    with clock.held_at(at(2026, 11, 23, 15)):
        assert [one.name for one in by_hand.urge(desk.id("clerk"), document)] == ["主任"]


def test_a_rung_is_told_once_and_found_again_after_a_crash(
    desk_on_both: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_on_both
    with clock.held_at(MONDAY):
        desk.at("unit_review", urgency="特急")
    with monkeypatch.context() as patched:
        patched.setattr(ladder, "enter", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            climb(at(2026, 11, 23, 15))
    assert desk.told("unit_head") == []
    assert [climb(at(2026, 11, 23, 15)) for _ in range(3)] == [1, 0, 0]
    with read_tx() as session:
        (task,) = ladder._overdue(session, at(2026, 11, 23, 15))
    with write_tx() as session:  # another worker, which had not seen it
        assert ladder._remind(session, task, 0, clock.stamp()) == 0


def test_what_was_done_meanwhile_is_not_reminded_of(desk: Desk) -> None:
    with clock.held_at(MONDAY):
        document = desk.at("unit_review", urgency="特急")
        with read_tx() as session:
            (task,) = ladder._overdue(session, at(2026, 11, 24))
        desk.take(document, "unit_head", "approve")
    with write_tx() as session:
        assert ladder._remind(session, task, 0, clock.stamp()) == 0


# --- outside


class Posted(BaseHTTPRequestHandler):
    """Take what is posted and answer as the server was told to."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server: Any = self.server
        server.got.append((dict(self.headers), body))
        self.send_response(server.answers.pop(0) if server.answers else 204)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Letters(socketserver.StreamRequestHandler):
    """Speak as much SMTP as a letter takes."""

    def handle(self) -> None:
        server: Any = self.server
        self.wfile.write(b"220 test\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                server.got.append(email.message_from_bytes(b"".join(lines)))
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")
            if word == b"QUIT":
                return


@contextmanager
def serving(server: Any, answers: list[int]) -> Iterator[Any]:
    server.got, server.answers = [], answers
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def outlets(*answers: int, titles: bool = False) -> Iterator[tuple[list[Any], list[Any]]]:
    """Set up a mail server and a webhook; yield what they got. `answers` are the webhook's first ones."""
    with (
        serving(socketserver.TCPServer(("127.0.0.1", 0), Letters), []) as smtp,
        serving(HTTPServer(("127.0.0.1", 0), Posted), list(answers)) as web,
    ):
        ports = [server.server_address[1] for server in (smtp, web)]
        channels = Channels(
            f"smtp://127.0.0.1:{ports[0]}/?from=oa@example.gov.cn",
            f"http://127.0.0.1:{ports[1]}/hook?a=1",
            "a secret",
            titles,
        )
        install(replace(here(), channels=channels))
        yield smtp.got, web.got


def work(moment: datetime) -> None:
    """Do what jobs are due."""

    def say(reason: Reason) -> str:
        return reason.message % reason.params

    with clock.held_at(moment):
        while jobs.work_one(outside.handlers(say)):
            pass


def states() -> dict[str, tuple[str, int]]:
    with read_tx() as session:
        return {job.kind: (job.state, job.attempts) for job in session.scalars(select(Job))}


def test_an_urging_goes_out_once_by_each_way_without_its_title(desk: Desk) -> None:
    with clock.held_at(MONDAY), outlets() as (letters, posts):
        choice.choose(desk.id("unit_head"), ADDRESS)
        document = desk.at("unit_review")
        by_hand.urge(desk.id("drafter"), document, "请尽快")
        for _ in range(2):
            work(MONDAY)
        (letter,), ((headers, body),) = letters, posts
    assert (letter["To"], letter["From"]) == ("head@example.gov.cn", "oa@example.gov.cn")
    assert letter["Message-ID"] == "<urging-1@example.gov.cn>"
    text = letter.get_payload(decode=True).decode()
    said = json.loads(body)
    assert (said["event"], said["to"], said["document"]) == ("urged", "unit_head", document)
    assert said["due_at"] == "2026-11-24T10:00:00+08:00"
    signed = headers["X-Hongtou-Timestamp"].encode() + b"." + body
    expected = hmac.new(b"a secret", signed, hashlib.sha256).hexdigest()
    assert headers["X-Hongtou-Signature"] == f"sha256={expected}"
    assert headers["Idempotency-Key"] == "urging-1"
    for outside_ in (text, body.decode(), str(letter["Subject"])):
        assert desk.row(document)["title"] not in outside_
        assert "请尽快" not in outside_


def test_titles_go_out_where_that_is_switched_on(desk: Desk) -> None:
    with clock.held_at(MONDAY), outlets(titles=True) as (letters, posts):
        choice.choose(desk.id("unit_head"), ADDRESS)
        document = desk.at("unit_review")
        by_hand.urge(desk.id("drafter"), document)
        work(MONDAY)
        title = desk.row(document)["title"]
        assert title in letters[0].get_payload(decode=True).decode()
        assert json.loads(posts[0][1])["title"] == title


def test_a_failure_is_tried_again_later_and_a_redirect_is_one(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    with clock.held_at(MONDAY), outlets(302, 500) as (_, posts):
        by_hand.urge(desk.id("drafter"), desk.at("unit_review"))
        work(MONDAY)
        assert (len(posts), states()) == (1, {"webhook": ("waiting", 1)})
        work(MONDAY + timedelta(seconds=59))
        assert len(posts) == 1
        work(MONDAY + timedelta(seconds=61))
        assert states() == {"webhook": ("waiting", 2)}
        work(MONDAY + timedelta(seconds=400))
        assert (len(posts), states()["webhook"][0]) == (3, "done")
    assert "the webhook answered 302" in capsys.readouterr().err
    assert len({headers["Idempotency-Key"] for headers, _ in posts}) == 1


def test_nothing_leaves_the_office_outside_working_hours_and_nothing_for_what_is_done(desk: Desk) -> None:
    evening = at(2026, 11, 23, 20)
    with clock.held_at(evening), outlets() as (_, posts):
        first, second = desk.at("unit_review"), desk.at("unit_review")
        for document in (first, second):
            by_hand.urge(desk.id("drafter"), document)
        assert len(desk.told("unit_head")) == 2  # the inbox has it at once
        work(evening)
        assert (posts, states()) == ([], {"webhook": ("waiting", 0)})
        desk.take(first, "unit_head", "approve")
        work(half_past(2026, 11, 24, 8))
        assert [json.loads(body)["document"] for _, body in posts] == [second]


def test_an_address_that_cannot_be_one_is_refused(desk: Desk) -> None:
    clerk = desk.id("clerk")
    for given in ({"email": "x", "email_on": ""}, {"email": "a@b\nc"}, {"email_on": "yes"}):
        with pytest.raises(ContentError):
            choice.choose(clerk, given)


def test_who_wants_no_e_mail_gets_none(desk: Desk) -> None:
    with clock.held_at(MONDAY), outlets() as (letters, posts):
        choice.choose(desk.id("unit_head"), {"email": "head@example.gov.cn"})
        by_hand.urge(desk.id("drafter"), desk.at("unit_review"))
        work(MONDAY)
        assert (len(letters), len(posts)) == (0, 1)
    with read_tx() as session:
        assert session.query(Urging).count() == session.query(Notice).count() == 1
