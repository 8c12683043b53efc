"""Bring an application to a stage, each step by whoever has it."""

from datetime import timedelta
from typing import Any

from tests.workflow.applications import campaign as rounds
from tests.workflow.desk import Desk
from workflow import clock, engine

METHOD_OF = {"material_review": "material", "site_visit": "site", "survey": "survey"}
FORWARD = {
    "draft": "submit",
    "recommendation": "recommend",
    "qualification": "qualify",
    "amendment": "resubmit",
    "material_review": "score",
    "site_visit": "score",
    "survey": "score",
    "consultation": "conclude",
    "deliberation": "nominate",
    "public_notice": "confirm",
    "verification": "uphold",
    "conferral": "confer",
}


def begin(desk: Desk, campaign: str, who: str = "unit1", **changes: Any) -> str:
    """Begin an application that lacks nothing."""
    data = rounds.complete(desk, campaign, who) | changes
    return engine.draft(desk.id(who), "application", data).document


def bring(desk: Desk, campaign: str, document: str, stage: str) -> str:
    """Take forward steps until the application is at a stage; what a step needs is entered before."""
    for _ in range(20):
        state = desk.state(document)
        if state == stage:
            return document
        prepare(desk, campaign, document, state)
        comment = "核查不属实。" if state == "verification" else ""
        desk.take(document, desk.holders(document)[0], FORWARD[state], comment=comment)
    raise AssertionError(f"the application does not come to {stage}")


def prepare(desk: Desk, campaign: str, document: str, state: str) -> None:
    """Enter what the forward step of a stage needs."""
    if state in METHOD_OF:
        method = METHOD_OF[state]
        if "clerk" in desk.holders(document):
            give_to(desk, document, "expert1", method)
    elif state == "consultation":
        rounds.reply(desk, campaign)
    elif state == "deliberation":
        rounds.freeze(campaign)
    elif state == "public_notice":
        day = clock.today() - timedelta(days=8)
        rounds.make_public(desk, campaign, document, day, day + timedelta(days=7))
    elif state == "conferral":
        rounds.bring_into_force(document)


def give_to(desk: Desk, document: str, who: str, method: str) -> None:
    """Assign an application, let the assessor have it, and let them score it."""
    rounds.assign(desk, document, who, method)
    rounds.hand_on(document)
    rounds.give_points(desk, document, who, method)


def at(desk: Desk, campaign: str, stage: str, who: str = "unit1", **changes: Any) -> str:
    """Begin an application and bring it to a stage, also to one beside the line."""
    document = begin(desk, campaign, who, **changes)
    if stage == "amendment":
        bring(desk, campaign, document, "qualification")
        desk.take(document, "clerk", "ask_amendment", comment="请补充第1.1项佐证。")
    elif stage == "verification":
        bring(desk, campaign, document, "public_notice")
        desk.take(document, "clerk", "verify")
    else:
        bring(desk, campaign, document, stage)
    return document


def make_ready(desk: Desk, campaign: str, document: str) -> None:
    """Enter what the steps of its stage wait for, so that only who acts decides."""
    state = desk.state(document)
    prepare(desk, campaign, document, state)
    if state == "amendment":
        rounds.let_amendment_pass(document)
