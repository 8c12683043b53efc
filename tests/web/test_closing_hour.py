"""The last minutes of a campaign: hundreds of units send their files and submit at once, over HTTP."""

import hashlib
import io
import json
import random
import shutil
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select, update

from tests.office import Office
from tests.web.crowd_of_units import Answers, Browser, Page
from tests.workflow.applications.playing import Play, Scale
from tests.workflow.desk import Desk, opened
from workflow import archive, clock, engine, logins
from workflow.demonstration.office import PASSWORD, set_up
from workflow.describe import describe
from workflow.installation import read_tx, write_tx
from workflow.models import Application, Campaign, User

FILES = 20  # a unit
AT_ONCE = 16  # browsers
SHARES = [*["in time"] * 44, *["in the grace"] * 3, *["never begun"] * 2, "too late"]  # of fifty units
GRACE = timedelta(minutes=30)  # what the campaign says
LAST_MINUTES = 600.0  # seconds in which all that was begun has come in
CLEAR = {200, 201, 302, 422, 503}


@dataclass
class Rush:
    """The units of one campaign at its end."""

    play: Play
    data: Path
    url: str = ""
    answers: Answers = field(default_factory=Answers)
    sent: dict[int, list[str]] = field(default_factory=dict)  # by place: the SHA-256 of each file
    browsers: dict[int, Browser] = field(default_factory=dict)
    pages: dict[int, Page] = field(default_factory=dict)  # that were open when the hour struck

    def share(self, name: str) -> list[int]:
        """Return the places of the units that come at that time."""
        return [place for place in range(self.play.scale.units) if SHARES[place % len(SHARES)] == name]

    @property
    def begun(self) -> list[int]:
        return [n for n in range(self.play.scale.units) if n not in self.share("never begun")]

    def all(self, act: Callable[[int], Any], places: Iterable[int]) -> list[Any]:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(act, places))

    def sign_in(self, place: int) -> None:
        self.browsers[place] = Browser(self.url, self.answers)
        self.browsers[place].sign_in(f"unit{place:03d}", PASSWORD)

    def send_files(self, place: int) -> None:
        """Send a unit's files one by one, as the form's script does: the evidence, then the sealed form."""
        document, browser = self.play.documents[place], self.browsers[place]
        page = browser.get("form", f"/applications/{document}/edit")
        token = dict(page.form_to("/edit").form_values())["csrf_token"]
        wanted = [leaf.code for leaf in self.play.leaves if leaf.evidence]
        draw = random.Random(place)
        for number in range(FILES):
            at = "signed_form" if number == FILES - 1 else wanted[number % len(wanted)]
            data = photograph(draw)
            fields = {"csrf_token": token, "place": at, "replaces": "", "code": ""}
            taken = browser.send(
                "file", f"/applications/{document}/evidence", fields, f"photo{number}.png", data
            )
            assert taken.status == 201, taken.text
            self.sent.setdefault(place, []).append(hashlib.sha256(data).hexdigest())

    def submit(self, place: int) -> Page:
        """Press the button below the form."""
        document, browser = self.play.documents[place], self.browsers[place]
        form = browser.get("form", f"/applications/{document}/edit").form_to("/edit")
        fields = [(name, value) for name, value in form.form_values() if name != "do"]
        return browser.post("submit", f"/applications/{document}/edit", [*fields, ("do", "submit")])

    def hurry(self, place: int) -> Page:
        self.send_files(place)
        return self.submit(place)

    def begin(self, place: int) -> Page:
        """Begin an application with the button of the unit's page as it was open before the hour."""
        path = f"/portal/{self.play.campaign}/{self.play.category(place)}"
        fields = dict(self.pages[place].form_to(path).form_values())
        return self.browsers[place].post("begin", path, list(fields.items()))

    def open_portal(self, place: int) -> None:
        self.pages[place] = self.browsers[place].get("portal", "/portal")

    def close(self, ago: timedelta) -> None:
        """Let the campaign have closed so long ago."""
        with write_tx() as session:
            closed = clock.stamp(clock.now() - ago)
            session.execute(update(Campaign).values(closes_at=closed))


def photograph(draw: random.Random) -> bytes:
    """Return a picture of some 50 KB that no other is like."""
    stream = io.BytesIO()
    Image.frombytes("RGB", (128, 128), draw.randbytes(128 * 128 * 3)).save(stream, "PNG", compress_level=0)
    return stream.getvalue()


def prepared(desk: Desk, data: Path, scale: Scale) -> Rush:
    """Return a campaign that closes soon: everybody's words are there, nobody's files."""
    now = datetime.now(clock.SHANGHAI)
    play = Play(desk, scale, now - timedelta(days=20), now + timedelta(days=1))
    play.enter_people()
    play.set_up()
    with write_tx() as session:
        known = {"password_hash": logins.hash_made(PASSWORD), "must_change": False}
        session.execute(update(User).where(User.must_change).values(known))
    rush = Rush(play, data)
    for place in range(scale.units):
        if place not in rush.begun:
            play.documents.append("")
            continue
        who = desk.id(f"unit{place:03d}")
        play.documents.append(engine.draft(who, "application", play.content(place, [])).document)
    return rush


def hold(rush: Rush) -> None:
    """Let the hour strike among the units, and hold what each was told against the campaign's rule."""
    play = rush.play
    rush.all(rush.sign_in, range(play.scale.units))
    rush.all(rush.open_portal, rush.share("never begun"))
    began = time.perf_counter()
    in_time = rush.all(rush.hurry, rush.share("in time"))
    rush.all(rush.send_files, [*rush.share("in the grace"), *rush.share("too late")])
    took = time.perf_counter() - began
    rush.close(timedelta(seconds=1))
    in_grace = rush.all(rush.submit, rush.share("in the grace"))
    not_begun = rush.all(rush.begin, rush.share("never begun"))
    rush.close(GRACE + timedelta(seconds=1))
    too_late = rush.all(rush.submit, rush.share("too late"))

    print(json.dumps({"seconds": round(took, 1), "files a second": round(len(rush.begun) * FILES / took, 1)}))
    for kind, figures in rush.answers.figures().items():
        print(kind, dict(zip(("count", "p50", "p95", "longest"), figures, strict=True)))
    print({f"{kind} {status}": count for (kind, status), count in sorted(rush.answers.statuses.items())})

    assert took < LAST_MINUTES
    assert {page.status for page in (*in_time, *in_grace)} == {302}
    assert {page.status for page in (*not_begun, *too_late)} == {422}
    assert all("截止" in page.told() for page in (*not_begun, *too_late))


def check(rush: Rush) -> None:
    """Hold what is kept against what was sent: every file, every state, and the record."""
    assert {status for _, status in rush.answers.statuses} <= CLEAR
    assert rush.answers.without_retry_after == 0
    desk, play = rush.play.desk, rush.play
    submitted = {*rush.share("in time"), *rush.share("in the grace")}
    for place in rush.begun:
        document = play.documents[place]
        with read_tx() as session:
            person = desk.person(f"unit{place:03d}")
            content = describe(session, person, document, every_kind=True).content
            row = session.get_one(Application, desk.row(document)["id"])
        assert sorted(file.sha256 for file in content.files) == sorted(rush.sent[place])
        for file in content.files:
            data = archive.read(file.sha256)
            assert (len(data), hashlib.sha256(data).hexdigest()) == (file.size, file.sha256)
        assert (row.submitted_at is not None) == (place in submitted)
        assert (desk.state(document) == "draft") == (place not in submitted)
    with read_tx() as session:
        assert len(session.scalars(select(Application.document_id)).all()) == len(rush.begun)
    assert desk.findings() == []


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_nothing_is_lost_in_the_last_ten_minutes(sqlite_template: Path, tmp_path: Path) -> None:
    rush_hour(sqlite_template, tmp_path, Scale(units=300, experts=2, indicators=60, each=1))


def rush_hour(template: Path, data: Path, scale: Scale) -> None:
    shutil.copy(template, data / "hongtou.db")
    with opened(f"sqlite:///{data / 'hongtou.db'}", data) as desk:
        with write_tx() as session:
            set_up(session)
        rush = prepared(desk, data, scale)
        office = Office(HONGTOU_DATA_DIR=str(data))
        rush.url = office.wait_until_ready()
        try:
            hold(rush)
        finally:
            assert office.stop() == 0
        check(rush)
