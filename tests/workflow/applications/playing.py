"""Play a whole campaign through the verbs, as its people would: from the workbook of units to the freeze.

What becomes of a unit goes by its place in the workbook, so that every way aside is taken by some.
"""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import pytest
from sqlalchemy import select

from states.errors import NotReady
from tests.files import pdf_file, png_file
from tests.workflow.applications import made_up
from tests.workflow.applications.made_up import BODIES
from tests.workflow.campaigns.setting_up import sheet
from tests.workflow.desk import Desk
from workflow import clock, engine, uploads
from workflow.applicants import importing
from workflow.applicants.import_form import FORM as UNITS
from workflow.assessment import assigning, freezing, scoring, surveying
from workflow.assessment.sheets import my_list
from workflow.campaigns import announcing, first_lists, indicator_sets, lists, making, offering, tree_book
from workflow.campaigns.finding import find
from workflow.campaigns.trees import Node, tree_of
from workflow.consulting import letters, replying
from workflow.installation import read_tx
from workflow.models import Application, ConsultedBody, Document, Unit
from workflow.office import accounts, appointments, posts
from workflow.spreadsheets import Table, write_workbook

CATEGORIES = {
    "unit": "文明单位",
    "model_unit": "文明单位标兵",
    "campus": "文明校园",
    "window": "文明服务窗口",
}
CONSULTED = ("省信用办", "省应急管理厅")
OPENS, CLOSES = datetime(2026, 3, 2, 9), datetime(2026, 3, 20, 18)
PNG, PDF = png_file(), pdf_file()


@dataclass(frozen=True)
class Scale:
    """How large a campaign is."""

    units: int
    experts: int
    indicators: int
    each: int  # assessors who judge one application by one method

    def every(self, place: int) -> list[int]:
        """Return this place of each dozen of units."""
        return list(range(place, self.units, 12 if self.units <= 12 else 60))


@dataclass
class Play:
    """One campaign: its people, its applications in the order of the workbook, and what each act took."""

    desk: Desk
    scale: Scale
    opens: datetime = OPENS
    closes: datetime = CLOSES
    campaign: str = ""
    set_id: int = 0
    names: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    experts: list[str] = field(default_factory=list)
    gone: dict[int, str] = field(default_factory=dict)  # by place: the end that it came to
    took: dict[str, float] = field(default_factory=dict)  # seconds by act

    @contextmanager
    def act(self, name: str, month: int, day: int, hour: int = 9) -> Iterator[None]:
        """Carry an act out on a day of the campaign's year."""
        began = time.perf_counter()
        with clock.held_at(datetime(2026, month, day, hour, tzinfo=clock.SHANGHAI)):
            yield
        self.took[name] = round(time.perf_counter() - began, 2)

    @property
    def clerk(self) -> int:
        return self.desk.id("clerk")

    def category(self, place: int) -> str:
        return list(CATEGORIES)[place % 4]

    def body(self, place: int) -> int | None:
        return found if (found := place // 2 % 4) < len(BODIES) else None

    def live(self) -> list[int]:
        """Return the places of those that are still under way."""
        return [place for place in range(self.scale.units) if place not in self.gone]

    def states(self) -> dict[str, int]:
        """Return how many applications of the campaign are at each stage."""
        found: dict[str, int] = {}
        with read_tx() as session:
            for state in session.scalars(select(Document.state).join(Application)):
                found[state] = found.get(state, 0) + 1
        return found

    def step(self, place: int, who: int, action: str, **inputs: Any) -> None:
        document = self.documents[place]
        engine.advance(who, document, action, self.desk.row(document)["version"], inputs)

    # Setting up

    def enter_people(self) -> None:
        """Take the units in from a workbook, with an account each; open the accounts of the experts."""
        self.names = made_up.names(self.scale.units)
        rows = made_up.units(self.names, [self.body(place) for place in range(self.scale.units)])
        book = write_workbook([Table(UNITS.name, UNITS.headings, rows)])
        planned = importing.check(self.clerk, book)
        assert planned.findings == ()
        assert len(importing.take_in(self.clerk, book, planned.digest)[1]) == len(rows)
        self.experts = [*("expert1", "expert2"), *(f"judge{n:02d}" for n in range(3, self.scale.experts + 1))]
        admin, unit_id = self.desk.id("admin"), self._unit("评审专家组")
        post = posts.add_post(admin, "expert", unit_id, "评审专家")
        for username in self.experts[2:]:
            accounts.open_account(admin, username, f"评审{username[-2:]}")
            appointments.appoint(admin, post, username)

    def _unit(self, name: str) -> int:
        with read_tx() as session:
            return session.scalars(select(Unit.id).where(Unit.name == name)).one()

    def set_up(self) -> None:
        """Make the tree of a workbook and the campaign with all that belongs to it; announce it."""
        first_lists.take_over(self.clerk)
        self.set_id = indicator_sets.new_set(self.clerk, {"code": "whole", "name": "示范测评体系"})
        book = write_workbook(
            [Table(tree_book.FORM.name, tree_book.FORM.headings, made_up.tree(self.scale.indicators))]
        )
        assert tree_book.take_in(self.clerk, self.set_id, book) == self.scale.indicators
        given = {"opens": f"{self.opens:%Y-%m-%dT%H:%M}", "closes": f"{self.closes:%Y-%m-%dT%H:%M}"}
        given |= {"assessors_each": str(self.scale.each), "level": "own"}
        self.campaign = making.make(self.clerk, sheet(**given))
        for category in CATEGORIES:
            offered = {"set": str(self.set_id), "places": str(self.scale.units), "eligibility": []}
            offering.offer(self.clerk, self.campaign, category, offered)
        self._ask_only(CONSULTED)
        number = len(self.recommended_by(0)) - 1  # one more than it has places for
        quota = {"recommender": str(self._unit(BODIES[0])), "category": "", "number": str(number)}
        offering.set_quota(self.clerk, self.campaign, quota)
        announcing.announce(self.clerk, self.campaign)

    def recommended_by(self, body: int) -> list[int]:
        return [place for place in range(self.scale.units) if self.body(place) == body]

    def _ask_only(self, names: tuple[str, ...]) -> None:
        with read_tx() as session:
            campaign_id = find(session, self.campaign).id
            there = session.scalars(select(ConsultedBody).filter_by(campaign_id=campaign_id)).all()
        for body in there:
            lists.take_off(self.clerk, "consulted", self.campaign, body.id)
        for name in names:
            lists.put(self.clerk, "consulted", self.campaign, 0, {"name": name, "about": "失信和处罚情况"})

    # The units' side

    def apply(self) -> None:
        """Let each unit begin, fill in, send its files and submit."""
        for place in range(self.scale.units):
            who = self.desk.id(f"unit{place:03d}")
            begun = {"campaign": self.campaign, "category": self.category(place)}
            self.documents.append(engine.draft(who, "application", begun).document)
            self.fill_in(place, who)
            self.step(place, who, "submit")

    def fill_in(self, place: int, who: int) -> None:
        """Fill an application in and send its files."""
        file = uploads.keep(who, f"佐证{place}.png", PNG + b"%d" % place)
        form = uploads.keep(who, "盖章申报表.pdf", PDF)
        data = self.content(place, [vars(file)]) | {"signed_form": vars(form)}
        document = self.documents[place]
        engine.revise(who, document, self.desk.row(document)["version"], data)

    def content(self, place: int, evidence: list[dict[str, Any]]) -> dict[str, Any]:
        """Return what a unit writes, with the evidence at each indicator that wants some."""
        return made_up.content(self.campaign, self.category(place), self.leaves, evidence)

    @cached_property
    def leaves(self) -> list[Node]:
        with read_tx() as session:
            return tree_of(session, self.set_id).leaves

    def recommend(self) -> None:
        """Let each body recommend its units; the last of the first one finds no place left."""
        last = self.recommended_by(0)[-1]
        for place in range(self.scale.units):
            body = self.body(place)
            who = None if body is None else self.desk.id(f"body{body:02d}")
            if place == last:
                with pytest.raises(NotReady, match="All places"):
                    self.step(place, who or 0, "recommend")
                self.step(place, who or 0, "decline", comment="名额已满，按考核排名不予推荐。")
                self.gone[place] = "not_recommended"
            elif who is not None:
                self.step(place, who, "recommend")

    def qualify(self) -> None:
        """Ask some for corrections, disqualify some with what proves it; one withdraws meanwhile."""
        for place in self.live():
            if place in self.scale.every(5):
                self.step(place, self.clerk, "ask_amendment", comment="请补充盖章的申报表。")
            elif place in self.scale.every(4):
                proof = uploads.keep(self.clerk, "通报.png", PNG).sha256
                inputs = {"item": "discipline", "evidence": proof, "comment": "有处分决定。"}
                self.step(place, self.clerk, "disqualify", **inputs)
                self.gone[place] = "disqualified"
            elif place in self.scale.every(7):
                self.step(place, self.desk.id(f"unit{place:03d}"), "abandon")
                self.gone[place] = "withdrawn"
            else:
                self.step(place, self.clerk, "qualify")

    def correct(self) -> None:
        """Let those who were asked hand in their corrections, which are found to be enough."""
        for place in self.scale.every(5):
            if place not in self.gone:
                who = self.desk.id(f"unit{place:03d}")
                self.fill_in(place, who)
                self.step(place, who, "resubmit")
                self.step(place, self.clerk, "qualify")

    # Judging

    def assign(self) -> assigning.Spread:
        return assigning.assign_evenly(self.clerk, self.campaign, self.experts, "2026")

    def score(self, method: str) -> int:
        """Let every expert give points to all that they have by a method, and hand in; return how many."""
        count = 0
        scored = [leaf for leaf in self.leaves if method in leaf.methods]
        for username in self.experts:
            who = self.desk.id(username)
            with read_tx() as session:
                mine = my_list(session, self.desk.person(username))
            for one in (each for each in mine if each.method == method):
                draw = random.Random(f"{username}{one.public_id}")
                given = {leaf.code: made_up.score(draw, leaf) for leaf in scored}
                assert scoring.save(who, one.public_id, method, given).problems == ()
                scoring.hand_in(who, one.public_id, method)
                count += 1
        return count

    def survey(self) -> int:
        """Fill the survey's workbook in and bring it in."""
        with read_tx() as session:
            clerk = self.desk.person("clerk")
            tables = surveying.forms(session, clerk, find(session, self.campaign))
        filled = [
            Table(one.name, one.headings, [(*row[:2], *("1" for _ in row[2:])) for row in one.rows])
            for one in tables
        ]
        return surveying.bring_in(self.clerk, self.campaign, write_workbook(filled))

    # Consultation

    def consult(self) -> list[str]:
        """Draft the letters, bring them through the notice's procedure; return them."""
        given = {
            "text": "现就附件所列单位征求你单位意见。",
            "due_on": (clock.today() + timedelta(days=10)).isoformat(),
        }
        sent = letters.draft_letters(self.clerk, self.campaign, given)
        for letter in sent:
            self.desk.bring(letter, "issued")
        return sent

    def reply(self) -> None:
        """Enter that one body has found something about some, and the other nothing."""
        found = [self.documents[place] for place in self.scale.every(2)]
        findings = [{"application": one, "text": "有行政处罚记录，尚未修复。"} for one in found]
        given = {"replied_on": clock.today().isoformat(), "text": "见附件。"}
        scan = ("复函.png", PNG)
        objection = {"reply": "objection", "findings": findings}
        replying.enter_reply(self.clerk, self.campaign, CONSULTED[0], given | objection, scan)
        replying.enter_reply(self.clerk, self.campaign, CONSULTED[1], given | {"reply": "none"})
        for marked in (False, True):
            assert replying.conclude(self.clerk, self.campaign, found=marked).failed == ()

    def freeze(self) -> int:
        return freezing.freeze(self.clerk, self.campaign)
