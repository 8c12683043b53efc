"""What holds of an office after every act, whatever people tried: told from the tables and the record."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from states.case import Case
from states.procedure import Procedure
from tests.workflow.desk import Desk
from workflow import tasks as waiting
from workflow import work
from workflow.describe import Passage
from workflow.directory import OfficeDirectory
from workflow.installation import here, read_tx
from workflow.models import ChainHead, Movement, Task, User
from workflow.movements import hash_of, link

SIGNED = ("sign", "sign_with_correction")


@dataclass
class Replay:
    """What a document's movements alone say of it."""

    state: str = ""
    drafter: str = ""
    number: str | None = None
    file: str | None = None
    content: str = ""


def replay(movements: Sequence[Passage]) -> Replay:
    """Follow the movements; each leaves the stage that the one before came to, and none signs its own."""
    told = Replay(drafter=movements[0].actor)
    for before, one in itertools.pairwise([None, *movements]):
        assert one is not None
        assert (one.source, one.prev) == (told.state, before.hash if before else None)
        if one.action in SIGNED:
            assert told.drafter not in (one.actor, one.on_behalf_of)
        if one.action == "answer":
            assert one.actor == told.drafter
        if one.action == "hand_over" and "drafter" in one.details["places"]:
            told.drafter = one.details["to"]
        told.number = one.details.get("number", told.number)
        told.file = one.details.get("file", told.file)
        told.state, told.content = one.dest, one.content_sha256
    return told


class Chain:
    """The chain of all movements, checked as far as it has been looked at."""

    def __init__(self) -> None:
        self.position, self.hash = 0, "0" * 64

    def follow(self) -> None:
        """Recompute what came since."""
        with read_tx() as session:
            rows = session.execute(
                select(Movement.position, Movement.canonical, Movement.hash, Movement.chain_hash)
                .where(Movement.position > self.position)
                .order_by(Movement.position)
            ).all()
            head = session.get_one(ChainHead, 1)
            for row in rows:
                assert row.position == self.position + 1
                assert row.hash == hash_of(row.canonical)
                assert row.chain_hash == link(self.hash, row.hash)
                self.position, self.hash = row.position, row.chain_hash
            assert (head.position, head.chain_hash) == (self.position, self.hash)


def check(desk: Desk, document: str) -> str:
    """Hold a document against its procedure and its movements; return its stage."""
    row, movements = desk.row(document), desk.movements(document)
    _is_what_its_movements_say(row, movements)
    with read_tx() as session:
        theirs = select(Task.user_id, Task.for_id, Task.stage, Task.round, User.active).join(
            User, User.id == Task.user_id
        )
        open_tasks = session.execute(
            theirs.where(Task.document_id == row["id"], Task.closed_at.is_(None))
        ).all()
        drafter = session.scalars(select(User.username).where(User.id == row["drafter_id"])).one()
        here_now = waiting.at_stage(session, row["id"], row["state"], row["round"])
        procedure = here().versions[row["procedure_hash"]]
        case = work.case_of(OfficeDirectory(session), row, None, here_now)
        assert drafter == replay(movements).drafter
        _stays_meanwhile(row, here_now)
        assert len(open_tasks) == len({task.user_id for task in open_tasks})
        assert all((task.stage, task.round) == (row["state"], row["round"]) for task in open_tasks)
        if procedure.stages[row["state"]].final:
            assert not open_tasks
        else:
            _is_with_those_who_may_act(procedure, case, open_tasks, is_with_some(movements, row["state"]))
    return str(row["state"])


def is_with_some(movements: Sequence[Passage], stage: str) -> bool:
    """Say whether not all who may act need have it: it jumped back to who returned it, or was handed over."""
    return any(one.action in ("send_back", "hand_over") and one.source == stage for one in movements)


def _is_what_its_movements_say(row: dict[str, Any], movements: Sequence[Passage]) -> None:
    told = replay(movements)
    assert (told.state, told.number) == (row["state"], row["number"])
    free = here().versions[row["procedure_hash"]].stages[row["state"]].edit == "free"
    assert free or told.content == row["content_sha256"]  # a draft changes without a movement
    assert row["frozen_sha256"] in (None, told.file)
    assert row["movements"] == len(movements)
    assert row["last_hash"] == movements[-1].hash
    assert row["signatory_id"] is None or row["signatory_id"] != row["drafter_id"]
    if row["state"] in ("issued", "archived", "dispatch", "sealing"):
        assert row["frozen_sha256"]
        assert row["number"]
        assert any(one.action in SIGNED for one in movements)
        assert row["vouched_sha256"] == row["content_sha256"]
        assert set(row["co_signed"] or ()) == set(row["co_agencies"] or ())


def _stays_meanwhile(row: dict[str, Any], here_now: Sequence[Any]) -> None:
    """Nothing is due of what is put off; that and an open question are of the leaders' stages alone."""
    put_off, asked = row["deferred_until"] is not None, row["question_by_id"] is not None
    assert row["state"] in ("leader_review", "signing") or not (put_off or asked)
    assert not put_off or {task.due_at for task in here_now if task.outcome is None} == {None}


def _is_with_those_who_may_act(
    procedure: Procedure, case: Case, open_tasks: Sequence[Any], with_some: bool
) -> None:
    stage, held_for = procedure.stages[case.state], procedure.held_for(case)
    has_it = {task.user_id: task.for_id for task in open_tasks}
    assert has_it
    assert all(task.active for task in open_tasks)
    if with_some and stage.consent != "all":
        assert has_it.items() <= held_for.items(), (case.state, has_it, held_for)
    else:
        assert has_it == held_for, (case.state, has_it, held_for)
    steps = [step for step in procedure.steps if stage.name in step.stages]
    for person in has_it:
        theirs = replace(case, actor=person)
        assert any(not step.forbidden(theirs, stage) for step in steps), person
