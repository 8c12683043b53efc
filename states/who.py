"""Say who: rules that name people from a document under way and the office."""

from collections.abc import Callable

from . import applying_rules
from .calls import Call
from .case import Case
from .reasons import Reason

HOLDER = "holder"  # of a step: those who hold the document at its stage
LEADERS = ("principal", "deputy")  # posts that sign where an agency has not said who may

# What may stand between the brackets of a rule that asks for more than a post's code.
UNITS: dict[str, Callable[[Case], int]] = {"drafter.unit": lambda case: case.unit}
CHOICES: dict[str, Callable[[Case], tuple[int, ...]]] = {"countersigners": lambda case: case.countersigners}


def drafter(case: Case) -> tuple[int, ...]:
    """Name the drafter while the account is in use."""
    return case.directory.active((case.drafter,))


def post(case: Case, code: str) -> tuple[int, ...]:
    """Name those in a post, or its stand-in."""
    return case.directory.holders(code)


def head_of(case: Case, unit: str) -> tuple[int, ...]:
    """Name the heads of a unit."""
    return case.directory.heads(UNITS[unit](case))


def leader_in_charge(case: Case, unit: str) -> tuple[int, ...]:
    """Name the leaders in charge of a unit (分管领导)."""
    return case.directory.leaders(UNITS[unit](case))


def chosen_by_drafter(case: Case, choice: str) -> tuple[int, ...]:
    """Name those whom the drafter chose and whose accounts are in use, then the heads of chosen units."""
    chosen = case.directory.active(CHOICES[choice](case))
    if not case.countersign_units:
        return chosen
    heads = (head for unit in case.countersign_units for head in case.directory.heads(unit))
    return tuple(dict.fromkeys((*chosen, *heads)))


def who_added(case: Case) -> tuple[int, ...]:
    """Name those who asked one more person at the present stage (加签)."""
    return tuple(turn.by for turn in case.turns if turn.kind in ("before", "after"))


def asked_signers(case: Case) -> tuple[int, ...]:
    """Name the leaders whom a signatory asked to sign instead."""
    return case.directory.active(case.asked_signers)


def may_sign(case: Case) -> tuple[int, ...]:
    """Name those whom the agency lets sign documents of this type; nobody where it has not said who may."""
    return case.directory.signers(case.agency, case.type, case.upward)


def signers(case: Case) -> tuple[int, ...]:
    """Return who signs such documents by their post: those who may, else the office's leaders."""
    return may_sign(case) or tuple(person for code in LEADERS for person in case.directory.holders(code))


def other_signers(case: Case) -> tuple[int, ...]:
    """Return who could be asked to sign by the one who acts: whoever else signs such documents."""
    return tuple(
        dict.fromkeys(person for person in signers(case) if person not in (case.actor, case.drafter))
    )


WHO: dict[str, Callable[..., tuple[int, ...]]] = {
    rule.__name__: rule
    for rule in (
        drafter,
        post,
        head_of,
        leader_in_charge,
        chosen_by_drafter,
        who_added,
        asked_signers,
        may_sign,
    )
} | dict(applying_rules.PEOPLE)

# The words that a rule's argument may be; a rule that is not here takes any code.
WORDS: dict[str, frozenset[str]] = {
    "head_of": frozenset(UNITS),
    "leader_in_charge": frozenset(UNITS),
    "chosen_by_drafter": frozenset(CHOICES),
    **applying_rules.WORDS,
}

_POSTS = {
    "office_clerk": Reason("This step is for the office clerk"),
    "deputy": Reason("This step is for the deputy head of the office"),
    "principal": Reason("This step is for the head of the office"),
    "registrar": Reason("This step is for the registrar"),
    "archivist": Reason("This step is for the archivist"),
}
_OTHERS = {
    HOLDER: Reason("This step is for those who hold the document at this stage"),
    "drafter": Reason("This step is for the drafter"),
    "head_of": Reason("This step is for the head of the drafter's unit"),
    "leader_in_charge": Reason("This step is for the leader in charge of the drafter's unit"),
    "chosen_by_drafter": Reason("This step is for those whom the drafter chose"),
    "who_added": Reason("This step is for whoever asked one more person"),
    "asked_signers": Reason("This step is for the leader who was asked to sign"),
    "may_sign": Reason("This step is for those who may sign this type of document for the agency"),
    **applying_rules.MEANT,
}


def people(case: Case, call: Call) -> tuple[int, ...]:
    """Return the ids of those whom a rule names."""
    return WHO[call.name](case, *call.args)


def meant(call: Call) -> Reason:
    """Say in words for whom a step is, to somebody who may not take it."""
    if call.name == "post":
        return _POSTS.get(call.args[0]) or Reason(
            "This step is for the post %(post)s", {"post": call.args[0]}
        )
    return _OTHERS[call.name]
