"""Acts that are no steps, by every account through the pages' addresses: exactly those whom the table names.

The table is written by hand from the office's rules. Whoever does not see the document is told that there
is none; whoever sees it is told why not, in either language.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web import oracle
from tests.web.browsing import text_of
from tests.web.conftest import open_app, settings_in, token_of
from tests.workflow.desk import BOTH, Desk
from workflow import clock, corrections
from workflow.circulation import sending
from workflow.circulation.readers import readers_of
from workflow.delegation.grant import grant
from workflow.demonstration.office import PASSWORD
from workflow.installation import here, read_tx

pytestmark = pytest.mark.no_cover  # many tries of what other tests cover; tracing doubles their time

CHINESE = re.compile(r"[\u4e00-\u9fff]")

# act, stage (office: no secret within the office; -: nor outside), how those are refused who see the
# document, and who goes through. The document is the drafter's, both countersigners agreed; the clerk has
# just sent it on to the signatory and passed it to the second of them. When it is checked, the drafter has
# asked for a correction. The head of the office has delegated to the deputy; what is to be delegated are the
# acts of the head of the drafter's unit, who may, too.
ACTS = """
circulate  signing   403  drafter unit_head clerk registrar deputy signatory
withdraw   signing   403  clerk
read       signing   403  countersigner2
answer     signing   403  countersigner2
urge       signing   403  drafter unit_head clerk
undo       signing   422  clerk
ask        checking  403  drafter
accept     checking  403  clerk
decline    checking  403  clerk
delegate   -         403  unit_head clerk admin
end        office    403  signatory deputy clerk admin
"""
EVERY_DAY = {"answer", "undo", "delegate"}
ROWS = [line.split(maxsplit=3) for line in ACTS.strip().splitlines()]


class Office:
    """An office in which everybody is signed in, and that can be put back to how it stood."""

    def __init__(self, data: Path) -> None:
        self.app, self.data, self.desk = open_app(settings_in(data)), data, Desk()
        self.clients = {who: self.app.test_client() for who in oracle.ACCOUNTS}
        for who, client in self.clients.items():
            form = {"username": who, "password": PASSWORD, "csrf_token": token_of(client)}
            assert client.post("/sign-in", data=form).status_code == 302
        self.tokens = {who: token_of(client, "/help") for who, client in self.clients.items()}
        self.documents = {stage: self.desk.at(stage, BOTH) for stage in ("checking", "signing")}
        self.addresses = dict(self._addresses())
        here().database.dispose()
        shutil.copy(self.path, data / "kept.db")

    @property
    def path(self) -> Path:
        return self.data / "hongtou.db"

    def put_back(self) -> None:
        here().database.dispose()
        for suffix in ("-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        shutil.copy(self.data / "kept.db", self.path)

    def _addresses(self) -> Iterator[tuple[str, tuple[str, dict[str, str]]]]:
        """Yield each act with its address and what its form says."""
        desk, signing, checking = self.desk, self.documents["signing"], self.documents["checking"]
        sending.send(desk.id("clerk"), signing, ["countersigner2"], "请阅。", wants_answer=True)
        corrections.request(desk.id("drafter"), checking, "正文", "错字")
        day = clock.today().isoformat()
        period = {"since": day, "until": day, "kinds": "notice"}
        delegation = grant(desk.id("signatory"), {"delegate": "deputy", **period, "kinds": ["notice"]})
        with read_tx() as session:
            (passed,) = readers_of(session, desk.row(signing)["id"])
        at, seq = f"/documents/{signing}", len(desk.movements(checking))
        last = max(n for n, one in enumerate(desk.movements(signing), 1) if one.action == "approve")
        given = f"{at}/circulations/{passed.id}"
        asked = f"/documents/{checking}/corrections"
        yield "circulate", (f"{at}/circulations", {"readers": "archivist", "note": "请阅。"})
        yield "withdraw", (f"{given}/withdraw", {})
        yield "read", (f"{given}/read", {})
        yield "answer", (f"{given}/answer", {"answer": "同意。"})
        yield "urge", (f"{at}/urge", {"note": "请办。"})
        yield "undo", (f"{at}/undo", {"seq": str(last)})
        yield "ask", (asked, {"place": "标题", "words": "漏字"})
        yield "accept", (f"{asked}/{seq}/accept", {})
        yield "decline", (f"{asked}/{seq}/decline", {"answer": "原文无误。"})
        others = {"principal": "unit_head", "delegate": "archivist", "reason": "住院"}
        yield "delegate", ("/delegations", {**others, **period})
        yield "end", (f"/delegations/{delegation}/end", {})

    def try_it(self, who: str, act: str, language: str = "zh") -> TestResponse:
        address, form = self.addresses[act]
        client = self.clients[who]
        with client.session_transaction() as kept:
            kept["language"] = language
        return client.post(address, data={**form, "csrf_token": self.tokens[who]})


@pytest.fixture(scope="module")
def everybody(loaded_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    data = tmp_path_factory.mktemp("acts") / "office"
    shutil.copytree(loaded_office, data)
    with clock.held_at(clock.now()):
        yield Office(data)
    here().database.dispose()


def wanted(stage: str, otherwise: int, able: set[str], who: str) -> int:
    if who in able:
        return 302
    if stage == "-":
        return otherwise
    if stage == "office":
        return otherwise if who in oracle.OFFICE else 404
    return otherwise if who in oracle.sees("drafter", stage) else 404


@pytest.mark.parametrize(
    ("act", "stage", "otherwise", "able"),
    [pytest.param(*row, id=row[0], marks=() if row[0] in EVERY_DAY else pytest.mark.long) for row in ROWS],
)
def test_exactly_those_do_what_is_no_step_whom_the_rules_name(
    everybody: Office, act: str, stage: str, otherwise: str, able: str
) -> None:
    for who in oracle.ACCOUNTS:
        expected = wanted(stage, int(otherwise), set(able.split()), who)
        reply = everybody.try_it(who, act)
        assert reply.status_code == expected, (act, who, text_of(reply, "//main"))
        if expected == 302:
            everybody.put_back()
            continue
        english = everybody.try_it(who, act, "en")
        assert english.status_code == expected
        assert CHINESE.search(said(reply)), (act, who)
        assert said(english), (act, who)
        assert not CHINESE.search(said(english)), (act, who, said(english))


def said(page: TestResponse) -> str:
    """Return why something was refused: at its place on the page, or on a page of its own."""
    return text_of(page, "//*[@role='alert']") or text_of(page, "//main")


@pytest.mark.parametrize("act", [row[0] for row in ROWS])
def test_a_visitor_is_asked_to_sign_in_first(everybody: Office, act: str) -> None:
    visitor: FlaskClient = everybody.app.test_client()
    address, form = everybody.addresses[act]
    reply = visitor.post(address, data={**form, "csrf_token": token_of(visitor)})
    assert reply.status_code == 401
    assert 'action="/sign-in"' in reply.text
