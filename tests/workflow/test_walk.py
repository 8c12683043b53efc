"""A random walk of an office, half of it legal: whatever people try, the office stays whole."""

import contextlib
import itertools
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from states.loader import load
from tests.workflow.desk import BODY, BOTH, Desk, content, opened
from workflow import describe, engine, undoing, verify, work
from workflow import desk as readers
from workflow import tasks as waiting
from workflow.circulation import answering, sending
from workflow.circulation.readers import readers_of
from workflow.directory import OfficeDirectory
from workflow.effects import EFFECTS
from workflow.errors import ContentError, NotFound, Refused, Stale
from workflow.installation import here, read_tx
from workflow.models import Task
from workflow.procedures import OWN

pytestmark = pytest.mark.no_cover  # many tries of what other tests cover; tracing doubles their time

PEOPLE = (
    "drafter",
    "unit_head",
    *BOTH,
    "clerk",
    "deputy",
    "signatory",
    "registrar",
    "archivist",
    "admin",
    "auditor",
    "unit1",
)
DRAFTERS = ("drafter", "unit_head", "clerk", "deputy", "signatory")
BODIES = (
    BODY,
    BODY.replace("按时", "如期"),
    BODY.replace("12月20日", "12月25日"),
    BODY.replace("。\n一", "。\n\n一"),
)
ACTIONS = (
    "submit",
    "approve",
    "countersign",
    "sign",
    "send_back",
    "withdraw",
    "check",
    "register",
    "send_to_print",
    "finish_printing",
    "seal",
    "issue",
    "archive",
    "void",
    "terminate",
    "ask_signer",
    "sign_with_correction",
    "enter_co_signature",
    "co_refuse",
    "add_signer",
    "remove_signer",
    "transfer",
)
# Why a step that is offered may still be refused: for what is entered, or as nobody could take it on.
FOR_WHAT_WAS_ENTERED = (
    "Nobody is in post",
    "not one of the choices",
    "at this stage",
    "still to be asked",
    "has it already",
    "in this round",
    "not added by you",
    "may not judge it",
    "no head who could be asked",
    "can go back only",
    "cannot be chosen",
)
PASSED_OVER = ("skip", "answer_circulation")
MOST = 4  # documents at a time

NOTICE = load(OWN / "notice.yaml", effects=EFFECTS)

reached: Counter[str] = Counter()


class Walk(RuleBasedStateMachine):
    """Several documents in one office; rules draw the person, the act and what is entered."""

    make_office: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.office = opened(type(self).make_office(), Path(self.folder.name))
        self.desk: Desk = self.office.__enter__()
        self.ids = {name: self.desk.id(name) for name in PEOPLE}
        self.people = {name: self.desk.person(name) for name in PEOPLE}
        self.documents: list[str] = []
        self.changed: set[str] = set()

    def teardown(self) -> None:
        try:
            assert list(verify.findings()) == []
        finally:
            self.office.__exit__(None, None, None)
            self.folder.cleanup()

    @rule(
        who=st.sampled_from(DRAFTERS),
        urgency=st.sampled_from([None, None, "特急"]),
        seal=st.sampled_from([True, True, False]),
        type_=st.sampled_from(["通知", "通知", "函"]),
        others=st.sampled_from([[], [], ["示例工会", "示例团委"]]),
    )
    def draft(self, who: str, urgency: str | None, seal: bool, type_: str, others: list[str]) -> None:
        if len(self.documents) < MOST:
            data = content(urgency=urgency, seal=seal, type=type_, co_agencies=others)
            self.documents.append(engine.draft(self.ids[who], "notice", data).document)
            self.changed.add(self.documents[-1])

    @rule(data=st.data())
    def take_a_legal_step(self, data: st.DataObject) -> None:
        self.step_of_a_holder(data, ("forward", "forward", "forward", "other", "back"))

    @rule(data=st.data())
    def bring_on(self, data: st.DataObject) -> None:
        self.step_of_a_holder(data, ("forward",))

    def step_of_a_holder(self, data: st.DataObject, directions: tuple[str, ...]) -> None:
        held = [document for document in self.documents if self.desk.holders(document)]
        if not held:
            return
        document = data.draw(st.sampled_from(held))
        who = data.draw(st.sampled_from(self.desk.holders(document)))
        with read_tx() as session:
            actions = describe.describe(session, self.people[who], document).actions
        direction = data.draw(st.sampled_from(directions))
        offers = [one for one in actions if one.allowed and one.direction == direction]
        if not offers:
            return
        offer = data.draw(st.sampled_from(offers))
        self.attempt(document, who, offer.name, self.entered(data, offer.name), legal=True)

    @rule(data=st.data(), who=st.sampled_from(PEOPLE), action=st.sampled_from(ACTIONS))
    def try_a_step(self, data: st.DataObject, who: str, action: str) -> None:
        if self.documents:
            document = data.draw(st.sampled_from(self.documents))
            self.attempt(document, who, action, self.entered(data, action), legal=False)

    @rule(data=st.data(), who=st.sampled_from(PEOPLE), body=st.sampled_from(BODIES))
    def revise(self, data: st.DataObject, who: str, body: str) -> None:
        if not self.documents:
            return
        document = data.draw(st.sampled_from(self.documents))
        row = self.desk.row(document)
        how = data.draw(st.sampled_from(["layout", "wording", "substance"]))
        kept = {"urgency": row["urgency"], "seal": row["seal"], "co_agencies": row["co_agencies"]}
        new = content(body=body, type=row["type"], **kept)
        try:
            engine.revise(self.ids[who], document, row["version"], new, change=how, reason="改")
        except (Refused, NotFound, ContentError):
            assert self.desk.row(document) == row
        else:
            self.changed.add(document)

    @rule(data=st.data(), who=st.sampled_from(PEOPLE))
    def open_it(self, data: st.DataObject, who: str) -> None:
        if self.documents:
            document = data.draw(st.sampled_from(self.documents))
            version = self.desk.row(document)["version"]
            with contextlib.suppress(NotFound):
                readers.opened(self.people[who], document)
            assert self.desk.row(document)["version"] == version

    @rule(data=st.data(), whose=st.sampled_from(["own", "own", "own", *PEOPLE]))
    def take_a_step_back(self, data: st.DataObject, whose: str) -> None:
        if not self.documents:
            return
        document = data.draw(st.sampled_from(self.documents))
        row, movements = self.desk.row(document), self.desk.movements(document)
        acts = [(seq, one.actor) for seq, one in enumerate(movements, 1) if one.action not in PASSED_OVER]
        seq, actor = acts[-1]
        try:
            undoing.undo(self.ids[actor if whose == "own" else whose], document, seq)
        except (Refused, NotFound):
            assert self.desk.row(document) == row
        else:
            reached["undo"] += 1
            self.changed.add(document)

    @rule(data=st.data(), who=st.sampled_from(PEOPLE), reader=st.sampled_from(PEOPLE))
    def pass_it_on(self, data: st.DataObject, who: str, reader: str) -> None:
        if not self.documents:
            return
        document = data.draw(st.sampled_from(self.documents))
        row = self.desk.row(document)
        with contextlib.suppress(Refused, NotFound):
            sending.send(self.ids[who], document, [reader], "请阅。", wants_answer=True)
        assert self.desk.row(document) == row
        with read_tx() as session:
            known = readers_of(session, row["id"])
        for one in known[-1:]:
            with contextlib.suppress(Refused, NotFound):
                answering.answer(one.reader_id, document, one.id, "已阅。")
                self.changed.add(document)
        after = self.desk.row(document)
        assert {**after, "movements": 0, "last_hash": ""} == {**row, "movements": 0, "last_hash": ""}

    @rule(data=st.data(), who=st.sampled_from(PEOPLE), behind=st.integers(1, 3))
    def act_on_an_older_version(self, data: st.DataObject, who: str, behind: int) -> None:
        if self.documents:
            document = data.draw(st.sampled_from(self.documents))
            row = self.desk.row(document)
            with pytest.raises((Stale, NotFound)):
                engine.advance(self.ids[who], document, "approve", row["version"] - behind)

    def entered(self, data: st.DataObject, action: str) -> dict[str, Any]:
        inputs: dict[str, Any] = {"comment": "请办。"}
        if action == "submit":
            chosen = st.lists(st.sampled_from([*BOTH, "archivist"]), unique=True, max_size=2)
            inputs["countersigners"] = data.draw(chosen)
            inputs["countersign_mode"] = data.draw(st.sampled_from(["all", "serial", "any_n"]))
            inputs["countersign_needed"] = 1
            inputs["countersign_units"] = data.draw(st.sampled_from([[], ["创建处"]]))
        elif action in ("add_signer", "remove_signer", "transfer"):
            inputs["person"] = data.draw(st.sampled_from([*BOTH, "archivist", "registrar", "deputy"]))
        elif action == "send_back":
            inputs["resume"] = data.draw(st.sampled_from(["jump", "step"]))
        elif action == "sign_with_correction":
            inputs["correction"] = "“按时”改为“如期”"
        elif action == "ask_signer":
            inputs["signer"] = data.draw(st.sampled_from(["deputy", "signatory"]))
        return inputs

    def attempt(self, document: str, who: str, action: str, inputs: dict[str, Any], legal: bool) -> None:
        """Take a step; a refused one changes nothing, and one that was offered is not refused in vain."""
        row = self.desk.row(document)
        try:
            engine.advance(self.ids[who], document, action, row["version"], inputs)
        except (Refused, NotFound) as refusal:
            why = str(refusal)
            if legal and not any(ground in why for ground in FOR_WHAT_WAS_ENTERED):
                raise
        else:
            self.changed.add(document)
            return
        assert self.desk.row(document) == row

    @invariant()
    def every_changed_document_is_whole(self) -> None:
        for document in sorted(self.changed):
            self.check(document)
        self.changed.clear()

    def check(self, document: str) -> None:
        row = self.desk.row(document)
        procedure = here().versions[row["procedure_hash"]]
        reached[row["state"]] += 1
        with read_tx() as session:
            open_tasks = session.scalars(
                select(Task.user_id).where(Task.document_id == row["id"], Task.closed_at.is_(None))
            ).all()
            stages = session.scalars(
                select(Task.stage).where(Task.document_id == row["id"], Task.closed_at.is_(None))
            ).all()
            here_now = waiting.at_stage(session, row["id"], row["state"], row["round"])
            case = work.case_of(OfficeDirectory(session), row, None, here_now)
            implied = procedure.holders(case)
        stage = procedure.stages[row["state"]]
        assert len(open_tasks) == len(set(open_tasks))
        assert set(stages) <= {row["state"]}
        if stage.final:
            assert not open_tasks
        else:
            assert open_tasks
            assert set(open_tasks) <= set(implied)
            if row["resume_by"] is None and stage.consent == "all":
                assert set(open_tasks) == set(implied)
        movements = self.desk.movements(document)
        assert [one.dest for one in movements][-1] == row["state"]
        for one, following in itertools.pairwise(movements):
            assert (one.dest, one.hash) == (following.source, following.prev)
        signed = [one for one in movements if one.action in ("sign", "sign_with_correction")]
        assert all(one.actor != self.author(row) for one in signed)
        if row["state"] in ("issued", "archived", "dispatch", "sealing"):
            assert row["frozen_sha256"]
            assert row["number"]
            assert signed
            assert row["vouched_sha256"] == row["content_sha256"]
            assert set(row["co_signed"] or ()) == set(row["co_agencies"] or ())

    def author(self, row: dict[str, Any]) -> str:
        return next(name for name, id_ in self.ids.items() if id_ == row["drafter_id"])

    @invariant()
    def numbers_follow_each_other(self) -> None:
        by_series: dict[str, list[int]] = {}
        for number, *_ in self.desk.register():
            code, serial = number.partition("〕")[0], int(number.partition("〕")[2][:-1])
            by_series.setdefault(code, []).append(serial)
        assert all(found == list(range(1, len(found) + 1)) for found in by_series.values())


def walk(make_office: Any, examples: int, steps: int) -> None:
    machine = type("Walk", (Walk,), {"make_office": staticmethod(make_office)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def copies(template: Path, folder: Path) -> Any:
    number = itertools.count()

    def make() -> str:
        path = folder / f"office{next(number)}.db"
        path.write_bytes(template.read_bytes())
        return f"sqlite:///{path}"

    return make


def test_a_short_walk_leaves_the_office_whole(office_template: Path, tmp_path: Path) -> None:
    reached.clear()
    walk(copies(office_template, tmp_path), examples=4, steps=60)
    assert {"draft", "unit_review", "office_review", "signing", "checking"} <= set(reached)


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_a_long_walk_reaches_every_stage(office_template: Path, tmp_path: Path) -> None:
    reached.clear()
    walk(copies(office_template, tmp_path), examples=120, steps=120)
    assert set(reached) == set(NOTICE.stages)


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_a_long_walk_on_postgresql(postgres: Any, postgresql_office_template: str) -> None:
    reached.clear()
    made: list[str] = []

    def make() -> str:
        made.append(postgres.create(template=postgresql_office_template))
        return made[-1]

    walk(make, examples=40, steps=100)
    for url in made:
        postgres.drop(url)
    assert {"issued", "voided"} <= set(reached)


def test_the_walk_knows_every_act() -> None:
    assert {step.action for step in NOTICE.steps} == set(ACTIONS)
