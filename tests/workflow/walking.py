"""What goes on in an office besides the steps of its documents, at random: for the walk."""

import contextlib
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from sqlalchemy import select

from states.loader import load, load_text
from tests.workflow.desk import Desk, at, opened
from tests.workflow.whole import Chain
from workflow import clock, corrections, deferring, procedures
from workflow.circulation import sending
from workflow.circulation.readers import readers_of
from workflow.delegation.end import end
from workflow.delegation.grant import grant
from workflow.delegation.settle import settle_due
from workflow.effects import EFFECTS
from workflow.errors import ContentError, NotAllowed, NotFound, NotReady, Refused
from workflow.installation import here, install, read_tx
from workflow.models import Correction, Delegation
from workflow.office import handover
from workflow.procedures import OWN
from workflow.rulebook.carrying_over import carry_over
from workflow.urging import by_hand

IN_OFFICE = (
    "drafter",
    "unit_head",
    "countersigner1",
    "countersigner2",
    "clerk",
    "deputy",
    "signatory",
    "registrar",
    "archivist",
)
PEOPLE = (*IN_OFFICE, "admin", "auditor", "unit1")

NOTICE = load(OWN / "notice.yaml", effects=EFFECTS)
_CLERKS = "    label: {zh: 办公室审核, en: Office review}\n    holders: [post(office_clerk)]"
_DEPUTIES = _CLERKS.replace("office_clerk", "deputy")
CHANGED = load_text(NOTICE.text.replace(_CLERKS, _DEPUTIES), file="changed", effects=EFFECTS)
DAY = at(2026, 3, 2)

reached: Counter[str] = Counter()  # stages, and what happened besides steps
REFUSED = (Refused, NotFound, NotAllowed, NotReady, ContentError)


class OfficeLife(RuleBasedStateMachine):
    """One office, its documents, and a clock that goes on a minute an act."""

    make_office: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.closing = contextlib.ExitStack()
        self.time: datetime = DAY
        self.office = opened(type(self).make_office(), Path(self.folder.name))
        self.desk: Desk = self.office.__enter__()
        self.pass_time(timedelta())
        known = procedures.versions(here().database, {"notice": NOTICE, "changed": CHANGED})
        install(replace(here(), versions=here().versions | known))
        self.ids = {name: self.desk.id(name) for name in PEOPLE}
        self.meet()
        self.documents: list[str] = []
        self.changed: set[str] = set()
        self.gone: set[str] = set()
        self.chain = Chain()

    def meet(self) -> None:
        """Look anew who holds which posts."""
        self.people = {name: self.desk.person(name) for name in PEOPLE}

    def pass_time(self, span: timedelta = timedelta(minutes=1)) -> None:
        self.time += span
        self.closing.enter_context(clock.held_at(self.time))

    def close(self) -> None:
        self.closing.close()
        self.office.__exit__(None, None, None)
        self.folder.cleanup()

    @rule()
    def a_day_passes(self) -> None:
        self.pass_time(timedelta(days=1))
        settle_due()
        if back := deferring.come_back():
            reached["come_back"] += back
        self.changed.update(self.documents)

    @rule(
        who=st.sampled_from(IN_OFFICE),
        to=st.sampled_from(IN_OFFICE),
        days=st.integers(0, 2),
        signing=st.booleans(),
    )
    def delegate(self, who: str, to: str, days: int, signing: bool) -> None:
        self.pass_time()
        until = (clock.today() + timedelta(days=days)).isoformat()
        given = {"delegate": to, "since": clock.today().isoformat(), "until": until, "kinds": ["notice"]}
        with contextlib.suppress(*REFUSED):
            grant(self.ids[who], given | {"signing": "yes" if signing else ""})
            reached["delegate"] += 1
            self.changed.update(self.documents)

    @rule(data=st.data(), who=st.sampled_from(PEOPLE))
    def end_a_delegation(self, data: st.DataObject, who: str) -> None:
        self.pass_time()
        with read_tx() as session:
            known = session.scalars(select(Delegation.id).where(Delegation.ended_at.is_(None))).all()
        if known:
            with contextlib.suppress(*REFUSED):
                end(self.ids[who], data.draw(st.sampled_from(known)))
                reached["end_delegation"] += 1
                self.changed.update(self.documents)

    @rule(data=st.data(), to=st.sampled_from(IN_OFFICE), whole=st.sampled_from([False] * 7 + [True]))
    def hand_over(self, data: st.DataObject, to: str, whole: bool) -> None:
        """Hand over one document of somebody; once in a walk all that somebody has, and their account."""
        held = [one for one in self.documents if self.desk.holders(one)]
        if not held:
            return
        self.pass_time()
        document = data.draw(st.sampled_from(held))
        leaver = data.draw(st.sampled_from(self.desk.holders(document)))
        everything = whole and not self.gone
        keys = None if everything else [f"document:{document}"]
        before = {one: self.desk.row(one) for one in self.documents}
        try:
            handover.hand_over(self.ids["admin"], leaver, to, keys, "轮岗。", close=everything)
        except REFUSED:
            assert {one: self.desk.row(one) for one in self.documents} == before
            return
        reached["hand_over"] += 1
        if everything:
            reached["close_account"] += 1
            self.gone.add(leaver)
            self.meet()
        self.changed.update(self.documents)

    @rule(data=st.data(), who=st.sampled_from(PEOPLE))
    def urge(self, data: st.DataObject, who: str) -> None:
        if self.documents:
            self.pass_time()
            document = data.draw(st.sampled_from(self.documents))
            row = self.desk.row(document)
            with contextlib.suppress(*REFUSED):
                by_hand.urge(self.ids[who], document, "请尽快办理。")
                reached["urge"] += 1
            assert self.desk.row(document) == row

    @rule(
        data=st.data(),
        whose=st.sampled_from([*["own"] * 12, *IN_OFFICE]),
        words=st.sampled_from("甲乙丙"),
        at_once=st.sampled_from([None, True, False]),
    )
    def ask_for_a_correction(self, data: st.DataObject, whose: str, words: str, at_once: bool | None) -> None:
        signed = [one for one in self.documents if self.desk.row(one)["signed_sha256"]]
        if self.documents:
            self.pass_time()
            document = data.draw(st.sampled_from(signed or self.documents))
            row = self.desk.row(document)
            who = row["drafter_id"] if whose == "own" else self.ids[whose]
            try:
                corrections.request(who, document, "正文", words)
            except REFUSED:
                assert self.desk.row(document) == row
                return
            reached["request_correction"] += 1
            self.changed.add(document)
            if at_once is not None:
                self.answer_the_correction(data, "holder", at_once)

    @rule(
        data=st.data(),
        whose=st.sampled_from([*["holder"] * 12, *PEOPLE]),
        yes=st.sampled_from([True, True, False]),
    )
    def answer_a_correction(self, data: st.DataObject, whose: str, yes: bool) -> None:
        self.answer_the_correction(data, whose, yes)

    def answer_the_correction(self, data: st.DataObject, whose: str, yes: bool) -> None:
        with read_tx() as session:
            asked = session.execute(
                select(Correction.document_id, Correction.seq).where(Correction.outcome.is_(None))
            ).all()
        if not asked:
            return
        self.pass_time()
        number, seq = data.draw(st.sampled_from([tuple(one) for one in asked]))
        document = next(one for one in self.documents if self.desk.row(one)["id"] == number)
        row, holders = self.desk.row(document), self.desk.holders(document)
        who = self.ids[holders[0] if whose == "holder" and holders else whose.replace("holder", "clerk")]
        try:
            if yes:
                corrections.accept(who, document, seq)
            else:
                corrections.decline(who, document, seq, "原文无误。")
        except REFUSED:
            assert self.desk.row(document) == row
            return
        reached["accept_correction" if yes else "decline_correction"] += 1
        self.changed.add(document)

    @rule(data=st.data(), whose=st.sampled_from([*["sender"] * 12, *PEOPLE]))
    def take_back_what_was_passed(self, data: st.DataObject, whose: str) -> None:
        passed = []
        with read_tx() as session:
            for document in self.documents:
                readers = readers_of(session, self.desk.row(document)["id"])
                passed += [(document, one) for one in readers if one.is_open]
        if passed:
            self.pass_time()
            document, one = data.draw(st.sampled_from(passed))
            row = self.desk.row(document)
            with contextlib.suppress(*REFUSED):
                sending.withdraw(one.by_id if whose == "sender" else self.ids[whose], document, one.id)
                reached["withdraw_circulation"] += 1
            assert self.desk.row(document) == row

    @rule(data=st.data(), change=st.booleans())
    def change_the_procedure(self, data: st.DataObject, change: bool) -> None:
        """Let another version be the newest, or move a document to what is newest now."""
        self.pass_time()
        if change:
            other = CHANGED if here().procedures["notice"].hash == NOTICE.hash else NOTICE
            install(replace(here(), procedures=here().procedures | {"notice": other}))
            reached["new_procedure"] += 1
        elif self.documents:
            document = data.draw(st.sampled_from(self.documents))
            row = self.desk.row(document)
            try:
                carry_over(self.ids["admin"], document)
            except REFUSED:
                assert self.desk.row(document) == row
                return
            if self.desk.row(document) != row:
                reached["carry_over"] += 1
                self.changed.add(document)


BESIDES = (
    "undo",
    "circulate",
    "answer_circulation",
    "withdraw_circulation",
    "delegate",
    "end_delegation",
    "hand_over",
    "close_account",
    "urge",
    "request_correction",
    "accept_correction",
    "decline_correction",
    "new_procedure",
    "carry_over",
)
