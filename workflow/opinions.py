"""Gather what people said about a document, and put it into the boxes of its 发文稿纸."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from states.reasons import Label, Reason

from .arriving import SKIP
from .describe import Description, Passage
from .movements import HAND_OVER

OWN_ACTS = {
    "draft": Label(zh="拟稿", en="Drafted"),
    "revise": Label(zh="修改", en="Changed the text"),
    SKIP: Label(zh="跳过", en="Passed over"),
    HAND_OVER: Label(zh="工作交接", en="Handed over"),
}
_SAME_PERSON = "The same person gave an opinion at the stage before"


@dataclass(frozen=True)
class Opinion:
    """What somebody said at a stage; `same_text` tells whether they saw the text as it is now."""

    stage: Label
    act: Label
    direction: str
    name: str
    post: str
    on_behalf_of: str | None
    at: str
    comment: str
    same_text: bool


@dataclass(frozen=True)
class Box:
    """A stage's box on the sheet; one that was passed over says why."""

    stage: str
    label: Label
    opinions: list[Opinion] = field(default_factory=list)
    skipped: Reason | None = None


def act_of(description: Description, passage: Passage) -> tuple[Label, str]:
    """Return what an act is called and whether it went forward, back or neither."""
    if passage.action in OWN_ACTS:
        return OWN_ACTS[passage.action], "other"
    step = description.procedure.step(passage.source, passage.action)
    return step.label, step.direction


def opinion_of(description: Description, passage: Passage) -> Opinion:
    act, direction = act_of(description, passage)
    stage = description.procedure.stages[passage.source or passage.dest].label
    same_text = passage.content_sha256 == description.document["content_sha256"]
    return Opinion(
        stage,
        act,
        direction,
        passage.name,
        passage.post,
        passage.on_behalf_of,
        passage.at,
        passage.comment,
        same_text,
    )


def opinions(description: Description, passages: Sequence[Passage]) -> list[Opinion]:
    """Return every opinion, first to last: all comments, and each step of a stage meant for opinions."""
    stages = description.procedure.stages
    return [
        opinion_of(description, passage)
        for passage in passages
        if passage.comment
        or (passage.action not in OWN_ACTS and passage.source and stages[passage.source].opinion)
    ]


def boxes(description: Description, passages: Sequence[Passage]) -> list[Box]:
    """Return the sheet's boxes in the order of the stages where somebody judges the text.

    A stage that was passed over because its holder had spoken just before shows that opinion.
    """
    found: dict[str, Box] = {}
    judged = [stage for stage in description.procedure.line if stage.opinion or stage.edit == "declared"]
    for stage in judged:
        found[stage.name] = Box(stage.name, stage.label)
    spoken: Opinion | None = None
    for passage in passages:
        box = found.get(passage.source)
        if passage.action == SKIP:
            if box is not None:
                found[box.stage] = _skipped(box, str(passage.details["reason"]), spoken)
        elif box is not None and passage.action not in OWN_ACTS:
            spoken = opinion_of(description, passage)
            found[box.stage] = Box(box.stage, box.label, [*box.opinions, spoken])
    return list(found.values())


def _skipped(box: Box, reason: str, spoken: Opinion | None) -> Box:
    if reason == _SAME_PERSON and spoken is not None:
        return Box(box.stage, box.label, [*box.opinions, spoken], Reason(reason))
    return Box(box.stage, box.label, box.opinions, Reason(reason))
