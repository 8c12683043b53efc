"""Say whether: conditions of steps, and grounds for passing a stage over."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from . import applying_rules
from .calls import Call
from .case import Case
from .reasons import Label, Reason
from .turns import changed
from .who import chosen_by_drafter, drafter, other_signers

Reasons = tuple[Reason, ...]
MET: Reasons = ()


def content_is_complete(case: Case) -> Reasons:
    """Refuse while the content lacks something or cannot be laid out; every lack is a reason."""
    return case.problems


def list_is_approved(case: Case) -> Reasons:
    """Refuse while the annex is not the list of units that was approved; each difference is a reason."""
    return case.unapproved


def points_are_answered(case: Case) -> Reasons:
    """Refuse while a point of a return is not answered; every such point is a reason (退回)."""
    return case.open_points


def not_own_draft(case: Case) -> Reasons:
    """Refuse the drafter, whatever post they hold (签发 of one's own draft)."""
    return (Reason("Nobody may sign off their own draft"),) if case.actor == case.drafter else MET


def countersigning_adds_up(case: Case) -> Reasons:
    """Refuse to ask for the consent of any so many without a number, or of more than are asked."""
    given = case.inputs
    if given.get("countersign_mode") != "any_n":
        return MET
    people, units = given.get("countersigners") or (), given.get("countersign_units") or ()
    asked = chosen_by_drafter(replace(case, countersigners=people, countersign_units=units), "countersigners")
    count = len([person for person in asked if person != case.drafter])
    needed = given.get("countersign_needed")
    if not count:
        return MET
    if needed is None:
        return (Reason("Say how many of those chosen must agree"),)
    if needed <= count:
        return MET
    return (Reason("%(needed)s cannot agree where %(count)s are asked", _numbers(needed, count)),)


def _numbers(needed: int, count: int) -> dict[str, str | Label]:
    return {"needed": str(needed), "count": str(count)}


def somebody_else_may_sign(case: Case) -> Reasons:
    """Refuse to ask for a signature where there is nobody to be asked."""
    return MET if other_signers(case) else (Reason("There is nobody else who may sign this document"),)


def not_opened_since_submitted(case: Case) -> Reasons:
    """Refuse once anybody but the drafter has acted on it or opened it (撤回)."""
    if (case.last_action, case.last_actor) != ("submit", case.drafter):
        return (Reason("Somebody has already acted on the document since it was submitted"),)
    return (Reason("Somebody who holds the document has already opened it"),) if case.opened else MET


def only_declared_changes(case: Case) -> Reasons:
    """Refuse when the text is no longer the signed one with its declared corrections (条例 art. 25)."""
    if not case.undeclared_changes:
        return MET
    return (Reason("The text differs from the signed one by more than declared corrections"),)


def correction_is_entered(case: Case) -> Reasons:
    """Refuse while a correction that the signatory stated is not in the text (修改后发)."""
    if not (case.correction and case.signed and not case.changed_since_signing):
        return MET
    stated = {"correction": case.correction}
    return (Reason("The correction stated at sign-off is not entered yet: %(correction)s", stated),)


def frozen(case: Case) -> Reasons:
    """Refuse before the file for printing is made (送印)."""
    return MET if case.frozen else (Reason("The file for printing is not made yet"),)


def not_frozen(case: Case) -> Reasons:
    """Refuse once the file for printing is made."""
    return (Reason("The file for printing is already made"),) if case.frozen else MET


def nobody_is_asked_first(case: Case) -> Reasons:
    """Refuse while somebody who was asked before those who hold the stage has not spoken (加签)."""
    if not case.directory.active(changed((), case.turns, each=False)[0]):
        return MET
    return (Reason("Somebody was asked for an opinion first: it is awaited before this is decided"),)


def until_a_later_day(case: Case) -> Reasons:
    """Refuse to put off until a day that has come already (缓发)."""
    until = case.inputs.get("until")
    return (Reason("Put it off until a later day than today"),) if until and until <= case.today else MET


def deferred(case: Case) -> Reasons:
    """Refuse to take up again what is not put off."""
    return MET if case.deferred else (Reason("The document is not put off"),)


def not_deferred(case: Case) -> Reasons:
    """Refuse to hand on what is put off: who gets it would not find it among what waits."""
    return (Reason("The document is put off: take it up again first"),) if case.deferred else MET


def no_question_is_open(case: Case) -> Reasons:
    """Refuse a second question before the first is answered (询问)."""
    return (Reason("A question to the drafter is open: wait for the answer"),) if case.question else MET


def a_question_is_open(case: Case) -> Reasons:
    """Refuse to answer where nobody has asked."""
    return MET if case.question else (Reason("No question to the drafter is open"),)


def drafter_can_answer(case: Case) -> Reasons:
    """Refuse to ask a drafter whose account is closed."""
    return MET if drafter(case) else (Reason("The drafter's account is closed: nobody would answer"),)


@dataclass(frozen=True)
class Arrival:
    """What a ground for passing over may ask of the stage that a document has come to."""

    holders: tuple[int, ...]
    opinions: frozenset[str]  # actions that bring a document on from a stage where opinions are given


def nobody_holds_it(case: Case, here: Arrival) -> Reason | None:
    """Pass over a stage that names nobody."""
    return None if here.holders else Reason("Nobody holds this stage")


def nobody_was_chosen(case: Case, here: Arrival) -> Reason | None:
    """Pass over countersigning when the drafter chose nobody."""
    chosen = case.countersigners or case.countersign_units
    return None if chosen else Reason("The drafter chose no countersigners")


def same_person_acted_just_before(case: Case, here: Arrival) -> Reason | None:
    """Pass over a stage whose only holder gave the opinion just before."""
    if here.holders != (case.last_actor,) or case.last_action not in here.opinions:
        return None
    return Reason("The same person gave an opinion at the stage before")


def not_urgent(case: Case, here: Arrival) -> Reason | None:
    """Pass over a stage meant for urgent documents."""
    return None if case.urgency else Reason("The document is not urgent")


def no_co_agencies(case: Case, here: Arrival) -> Reason | None:
    """Pass over the signatures of other agencies where one agency issues the document alone."""
    return None if case.co_agencies else Reason("No other agency signs this document")


def no_seal_wanted(case: Case, here: Arrival) -> Reason | None:
    """Pass over sealing when the content says that no seal is put."""
    return None if case.seal else Reason("The document is issued without a seal")


CONDITIONS: dict[str, Callable[..., Reasons]] = {
    rule.__name__: rule
    for rule in (
        content_is_complete,
        list_is_approved,
        points_are_answered,
        not_own_draft,
        countersigning_adds_up,
        somebody_else_may_sign,
        not_opened_since_submitted,
        only_declared_changes,
        correction_is_entered,
        frozen,
        not_frozen,
        nobody_is_asked_first,
        until_a_later_day,
        deferred,
        not_deferred,
        no_question_is_open,
        a_question_is_open,
        drafter_can_answer,
        *applying_rules.CONDITIONS,
    )
}
SKIPS: dict[str, Callable[..., Reason | None]] = {
    rule.__name__: rule
    for rule in (
        nobody_holds_it,
        nobody_was_chosen,
        same_person_acted_just_before,
        not_urgent,
        no_co_agencies,
        no_seal_wanted,
        *applying_rules.SKIPS,
    )
}


def unmet(case: Case, calls: tuple[Call, ...]) -> Reasons:
    """Return every reason that the conditions give."""
    return tuple(reason for call in calls for reason in CONDITIONS[call.name](case, *call.args))
