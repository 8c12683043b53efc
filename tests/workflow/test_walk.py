"""A random walk of an office, half of it legal: whatever people try, the office stays whole."""

import contextlib
import itertools
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from tests.workflow import whole
from tests.workflow.desk import BODY, BOTH, content
from tests.workflow.walking import BESIDES, NOTICE, PEOPLE, OfficeLife, reached
from workflow import clock, describe, engine, undoing, verify
from workflow import desk as readers
from workflow.circulation import answering, sending
from workflow.circulation.readers import readers_of
from workflow.errors import ContentError, NotFound, Refused, Stale
from workflow.installation import read_tx

pytestmark = pytest.mark.no_cover  # many tries of what other tests cover; tracing doubles their time

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
    "defer",
    "resume",
    "ask_drafter",
    "answer",
    "refuse",
)
# Why a step that is offered may still be refused: for what is entered, or as nobody could take it on.
FOR_WHAT_WAS_ENTERED = (
    "Nobody is in post",
    "There is nobody called",
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


class Walk(OfficeLife):
    """Several documents in one office; rules draw the person, the act and what is entered."""

    def teardown(self) -> None:
        try:
            assert list(verify.findings()) == []
        finally:
            self.close()

    @rule(
        who=st.sampled_from(DRAFTERS),
        urgency=st.sampled_from([None, None, "特急"]),
        seal=st.sampled_from([True, True, False]),
        type_=st.sampled_from(["通知", "通知", "函"]),
        others=st.sampled_from([[], [], ["示例工会", "示例团委"]]),
    )
    def draft(self, who: str, urgency: str | None, seal: bool, type_: str, others: list[str]) -> None:
        if len(self.documents) < MOST and who not in self.gone:
            self.pass_time()
            data = content(urgency=urgency, seal=seal, type=type_, co_agencies=others)
            self.documents.append(engine.draft(self.ids[who], "notice", data).document)
            self.changed.add(self.documents[-1])

    @rule(data=st.data())
    def take_a_legal_step(self, data: st.DataObject) -> None:
        self.step_of_a_holder(data, ("forward", "forward", "forward", "other", "back"))

    @rule(data=st.data(), steps=st.integers(2, 8))
    def bring_on(self, data: st.DataObject, steps: int) -> None:
        for _ in range(steps):
            self.step_of_a_holder(data, ("forward",))
            self.every_changed_document_is_whole()

    @rule(data=st.data())
    def void_what_has_or_awaits_a_number(self, data: st.DataObject) -> None:
        stages = ("registration", "printing", "sealing", "dispatch")
        found = [one for one in self.documents if self.desk.row(one)["state"] in stages]
        if found:
            document = data.draw(st.sampled_from(found))
            who = data.draw(st.sampled_from(["registrar", "signatory"]))
            self.attempt(document, who, "void", {"comment": "有误。"}, legal=False)

    @rule(data=st.data())
    def take_a_step_and_take_it_back(self, data: st.DataObject) -> None:
        self.step_of_a_holder(data, ("forward",))
        self.take_back(data, "own")

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

    @rule(data=st.data())
    def answer_what_is_asked(self, data: st.DataObject) -> None:
        asked = [one for one in self.documents if self.desk.row(one)["question_by_id"] is not None]
        if asked:
            document = data.draw(st.sampled_from(asked))
            drafter = self.desk.row(document)["drafter_id"]
            who = next(name for name, id_ in self.ids.items() if id_ == drafter)
            self.attempt(document, who, "answer", {"comment": "已核实。"}, legal=True)
            reached["answer"] += 1

    @rule(data=st.data(), who=st.sampled_from(PEOPLE), body=st.sampled_from(BODIES))
    def revise(self, data: st.DataObject, who: str, body: str) -> None:
        if not self.documents:
            return
        document = data.draw(st.sampled_from(self.documents))
        self.pass_time()
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
            self.pass_time()
            document = data.draw(st.sampled_from(self.documents))
            version = self.desk.row(document)["version"]
            with contextlib.suppress(NotFound):
                readers.opened(self.people[who], document)
            assert self.desk.row(document)["version"] == version

    @rule(data=st.data(), whose=st.sampled_from(["own", "own", "own", *PEOPLE]))
    def take_a_step_back(self, data: st.DataObject, whose: str) -> None:
        self.take_back(data, whose)

    def take_back(self, data: st.DataObject, whose: str) -> None:
        if not self.documents:
            return
        self.pass_time()
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

    @rule(data=st.data(), who=st.sampled_from(PEOPLE), reader=st.sampled_from(PEOPLE), answers=st.booleans())
    def pass_it_on(self, data: st.DataObject, who: str, reader: str, answers: bool) -> None:
        if not self.documents:
            return
        document = data.draw(st.sampled_from(self.documents))
        self.pass_time()
        row = self.desk.row(document)
        with contextlib.suppress(Refused, NotFound):
            sending.send(self.ids[who], document, [reader], "请阅。", wants_answer=True)
            reached["circulate"] += 1
        assert self.desk.row(document) == row
        with read_tx() as session:
            known = readers_of(session, row["id"])
        for one in known[-1:] if answers else ():
            with contextlib.suppress(Refused, NotFound):
                answering.answer(one.reader_id, document, one.id, "已阅。")
                reached["answer_circulation"] += 1
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
        elif action == "defer":
            inputs["until"] = (clock.today() + timedelta(days=1)).isoformat()
        elif action == "ask_signer":
            inputs["signer"] = data.draw(st.sampled_from(["deputy", "signatory"]))
        return inputs

    def attempt(self, document: str, who: str, action: str, inputs: dict[str, Any], legal: bool) -> None:
        """Take a step; a refused one changes nothing, and one that was offered is not refused in vain."""
        self.pass_time()
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
            reached[whole.check(self.desk, document)] += 1
        self.changed.clear()
        self.chain.follow()

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
    walk(copies(office_template, tmp_path), examples=5, steps=60)
    assert {"draft", "unit_review", "office_review", "signing", "checking"} <= set(reached)


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_a_long_walk_reaches_every_stage(office_template: Path, tmp_path: Path) -> None:
    reached.clear()
    walk(copies(office_template, tmp_path), examples=200, steps=120)
    assert set(reached) >= {*NOTICE.stages, *BESIDES}


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_a_long_walk_on_postgresql(postgres: Any, postgresql_office_template: str) -> None:
    reached.clear()
    made: list[str] = []

    def make() -> str:
        made.append(postgres.create(template=postgresql_office_template))
        return made[-1]

    walk(make, examples=120, steps=120)
    for url in made:
        postgres.drop(url)
    assert set(reached) >= {*NOTICE.stages, "hand_over", "delegate", "carry_over"}


def test_the_walk_knows_every_act() -> None:
    assert {step.action for step in NOTICE.steps} == set(ACTIONS)
