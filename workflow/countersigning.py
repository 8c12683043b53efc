"""Keep how a document is countersigned, and what changes about whom its stage asks (加签, 减签, 转办)."""

from collections.abc import Mapping
from typing import Any

from states.reasons import Reason
from states.turns import Kind

from . import notices
from .work import Work

Inputs = Mapping[str, Any]


def choose(work: Work, inputs: Inputs) -> None:
    """Keep whom the drafter chose and how they are asked; who is chosen anew begins without changes."""
    people = list(inputs["countersigners"] or ())
    how = _how(inputs)
    document = work.document
    if document["turns"] and (people, how) != (document["countersigners"], document["countersigning"]):
        stages = work.procedure.stages
        work.set(turns=[one for one in document["turns"] if stages[one["stage"]].consent != "all"] or None)
    work.set(countersigners=people)
    if how != document["countersigning"]:
        work.set(countersigning=how)


def _how(inputs: Inputs) -> dict[str, Any] | None:
    """Return how the chosen are asked as the document keeps it: None where all are, at the same time."""
    units = list(inputs.get("countersign_units") or ())
    mode = inputs.get("countersign_mode") or "all"
    if mode == "all" and not units:
        return None
    needed = inputs.get("countersign_needed") if mode == "any_n" else None
    return {"mode": mode, "needed": needed, "units": units}


def add_signer(work: Work, inputs: Inputs) -> None:
    """Ask one more person's opinion, before the one who holds the document or after them (加签)."""
    _turn(work, inputs.get("when") or "before", work.whose, inputs["person"])
    _tell(work, inputs, Reason("%(name)s asks for your opinion on this document: %(reason)s"))


def remove_signer(work: Work, inputs: Inputs) -> None:
    """Ask somebody no more who has not spoken yet (减签)."""
    person = inputs["person"]
    _turn(work, "off", work.person.id, person)
    if person in (chosen := work.document["countersigners"]):
        work.set(countersigners=[one for one in chosen if one != person])


def transfer(work: Work, inputs: Inputs) -> None:
    """Hand a task on to another (转办)."""
    _turn(work, "transfer", work.whose, inputs["person"])
    _tell(work, inputs, Reason("%(name)s handed this document on to you: %(reason)s"))


def has_spoken(work: Work, person: int) -> None:
    """Keep that somebody who was asked before the holders of a stage has given the opinion."""
    _turn(work, "spoken", person, person)


def _turn(work: Work, kind: Kind, by: int, to: int) -> None:
    document = work.document
    new = {"stage": document["state"], "round": document["round"], "kind": kind, "by": by, "to": to}
    work.set(turns=[*(document["turns"] or ()), new])
    if kind != "spoken":
        work.details["whom"] = work.directory.names[to]


def _tell(work: Work, inputs: Inputs, news: Reason) -> None:
    known = {"name": work.person.name, "reason": inputs.get("comment") or "—"}
    notices.tell(work.session, inputs["person"], work.id, work.at, news.message, known)
