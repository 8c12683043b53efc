"""Say how many of those who are asked at a stage have agreed, and how many must (会签)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.asking import ANY_N, needed
from states.case import Case
from states.stage import Stage

from .directory import OfficeDirectory
from .installation import here
from .models import Document, Task, table
from .work import case_of

_documents, _tasks = table(Document), table(Task)


@dataclass(frozen=True)
class Tally:
    """Who is asked, those first who have agreed and are asked no more; who of them agreed; how many must."""

    asked: tuple[int, ...]
    agreed: tuple[int, ...]
    needed: int


def tally(stage: Stage, case: Case) -> Tally:
    """Count the consents at a document's present stage; where one speaks for all, nobody has agreed yet."""
    consented = case.consented if stage.consent == "all" else frozenset()
    named = stage.asked(case)
    asked = (*(person for person in sorted(consented) if person not in named), *named)
    must = needed(case, asked) if stage.mode(case) == ANY_N else len(asked)
    return Tally(asked, tuple(person for person in asked if person in consented), must)


def tallies(session: Session, lines: Iterable[Mapping[Any, Any]]) -> dict[int, Tally]:
    """Return by document how far those of a list are whose stage asks several; no query where none does."""
    stages = {line["id"]: here().versions[line["procedure_hash"]].stages[line["state"]] for line in lines}
    several = {id_: stage for id_, stage in stages.items() if stage.consent == "all"}
    if not several:
        return {}
    directory, tasks = OfficeDirectory(session), _tasks_of(session, several)
    rows = session.execute(select(_documents).where(_documents.c.id.in_(several)))
    found = {}
    for row in (dict(row._mapping) for row in rows):
        here_now = [one for one in tasks[row["id"]] if (one.stage, one.round) == (row["state"], row["round"])]
        found[row["id"]] = tally(several[row["id"]], case_of(directory, row, None, here_now))
    return found


def _tasks_of(session: Session, documents: Iterable[int]) -> Mapping[int, Sequence[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for task in session.execute(select(_tasks).where(_tasks.c.document_id.in_(documents))):
        found[task.document_id].append(task)
    return found
