"""Gather what people said about a document, and put it into the boxes of its 发文稿纸."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from states.reasons import Label, Reason
from states.slip import Place

from .arriving import SKIP
from .circulation.answering import ANSWER
from .co_signing import CoSigned, of_passage
from .corrections import ACCEPT, DECLINE, REQUEST
from .describe import Description, Passage
from .making_good import ADD_SHEET, CONFIRM, DISPUTE
from .movements import CARRY_OVER, HAND_OVER, IMPORT, RETURN_SCORES, SCORE_AGAIN, UNDO
from .points.given import ANSWER_POINTS, Point
from .printing.copies import KEEP_PRINT_COPY
from .printing.layouts import SET_LAYOUT
from .said import Said, on_behalf_of, said, whose
from .sealed import BIND
from .undoing import taken_back

OWN_ACTS = {
    "draft": Label(zh="拟稿", en="Drafted"),
    "revise": Label(zh="修改", en="Changed the text"),
    SKIP: Label(zh="跳过", en="Passed over"),
    HAND_OVER: Label(zh="工作交接", en="Handed over"),
    CARRY_OVER: Label(zh="改按新程序办理", en="Went on by a new version of the procedure"),
    CONFIRM: Label(zh="确认代录意见", en="Confirmed an opinion entered for them"),
    DISPUTE: Label(zh="对代录意见有异议", en="Disputed an opinion entered for them"),
    ADD_SHEET: Label(zh="补交签批件", en="Added a sheet signed afterwards"),
    SET_LAYOUT: Label(zh="调整版式", en="Laid it out otherwise"),
    KEEP_PRINT_COPY: Label(zh="采用印制稿", en="Took a finished DOCX as print copy"),
    BIND: Label(zh="归入用印件", en="Bound the sealed file"),
    ANSWER: Label(zh="传阅答复", en="Answered what was passed on"),
    UNDO: Label(zh="撤销上一步", en="Took the last step back"),
    REQUEST: Label(zh="申请更正", en="Asked for a correction"),
    ACCEPT: Label(zh="同意更正", en="Accepted a correction"),
    DECLINE: Label(zh="不予更正", en="Declined a correction"),
    ANSWER_POINTS: Label(zh="逐处答复退回意见", en="Answered the points of a return"),
    RETURN_SCORES: Label(zh="退回重评", en="Sent scores back"),
    SCORE_AGAIN: Label(zh="重新提交评分", en="Handed scores in again"),
    IMPORT: Label(zh="历史导入", en="Brought in from former years"),
}
ARRANGING = ("add_signer", "remove_signer", "transfer")  # who is asked: the record has it, not the sheet
MEANWHILE = ("defer", "resume", "ask_drafter", "answer")  # while it stays where it is: the record alone
AGREED = Label(zh="同意", en="Agreed")  # whoever sent it on without a word agreed (条例 art. 22)
_SAME_PERSON = "The same person gave an opinion at the stage before"


@dataclass(frozen=True)
class Opinion:
    """What somebody said at a stage; `same_text` tells whether they saw the text as it is now."""

    seq: int  # of its movement
    stage: Label
    act: Label
    direction: str
    name: str
    post: str
    on_behalf_of: str | None  # the name of the one who had delegated it (委托)
    at: str
    comment: str
    same_text: bool
    unspoken: Label  # what is read where nothing was written
    entered: Said | None = None  # where somebody entered it for the one who is named
    agency: CoSigned | None = None  # another agency's signature (联署), entered by the clerk
    whom: str = ""  # the name of the one who is asked, taken off or handed the task
    points: Sequence[Point] = ()  # given with a return, at single places


@dataclass(frozen=True)
class Box:
    """A box of the sheet; one whose stage was passed over says why, one without a stage is for the pen."""

    stage: str | None
    label: Label
    opinions: list[Opinion] = field(default_factory=list)
    skipped: Reason | None = None


@dataclass(frozen=True)
class BoxRow:
    """Boxes abreast, and how much room they have: high, mid or low."""

    room: str
    boxes: list[Box]


def act_of(description: Description, passage: Passage) -> tuple[Label, str]:
    """Return what an act is called and whether it went forward, back or neither."""
    if passage.action in OWN_ACTS:
        return OWN_ACTS[passage.action], "other"
    step = description.procedure.step(passage.source, passage.action)
    return step.label, step.direction


def opinions(description: Description, passages: Sequence[Passage]) -> list[Opinion]:
    """Return every opinion, first to last: all comments, and each step of a stage meant for opinions.

    What was taken back before anybody had opened it is none; it stays in the movements.
    """
    stages, gone = description.procedure.stages, taken_back(passages)
    return [
        opinion
        for opinion, passage in zip(_all(description, passages), passages, strict=True)
        if opinion.seq not in gone
        and (
            passage.comment
            or opinion.agency
            or (passage.action not in OWN_ACTS and passage.source and stages[passage.source].opinion)
        )
    ]


def _all(description: Description, passages: Sequence[Passage]) -> list[Opinion]:
    entered = said(passages)
    return [_opinion(description, seq, one, entered.get(seq)) for seq, one in enumerate(passages, 1)]


def _opinion(description: Description, seq: int, passage: Passage, entered: Said | None) -> Opinion:
    act, direction = act_of(description, passage)
    agency = of_passage(passage)
    stage = description.procedure.stages.get(passage.source)
    judged = stage is not None and stage.opinion
    return Opinion(
        seq,
        description.procedure.stages[passage.source or passage.dest].label,
        act,
        direction,
        whose(passage),
        entered.post if entered else agency.post if agency else passage.post,
        on_behalf_of(passage),
        passage.at,
        passage.comment,
        passage.content_sha256 == description.document["content_sha256"],
        AGREED if direction == "forward" and (judged or agency) else act,
        entered,
        agency,
        str(passage.details.get("whom", "")),
        [point for point in description.points if point.seq == seq],
    )


def boxes(description: Description, passages: Sequence[Passage]) -> list[BoxRow]:
    """Return the sheet's boxes as the procedure orders them, those still empty too.

    A stage that was passed over because its holder had spoken just before shows that opinion.
    """
    rows = description.procedure.slip
    found = {place.stage: Box(place.stage, place.label) for row in rows for place in row.places}
    spoken: Opinion | None = None
    gone = taken_back(passages)
    for opinion, passage in zip(_all(description, passages), passages, strict=True):
        if opinion.seq in gone:
            continue
        box = found.get(passage.source) if passage.source else None
        if passage.action == SKIP:
            if box is not None:
                found[box.stage] = _skipped(box, str(passage.details["reason"]), spoken)
        elif box is not None and passage.action not in (*OWN_ACTS, *ARRANGING, *MEANWHILE):
            spoken = opinion
            found[box.stage] = replace(box, opinions=[*box.opinions, opinion])
    return [
        BoxRow(
            row.room, [found[place.stage] if place.stage else Box(None, place.label) for place in row.places]
        )
        for row in rows
        if description.case.co_agencies or not all(_is_joint(description, place) for place in row.places)
    ]


def _is_joint(description: Description, place: Place) -> bool:
    """Tell whether a box is for the signatures of other agencies; only a joint document has them."""
    return place.stage is not None and description.procedure.stages[place.stage].consent == "agencies"


def _skipped(box: Box, reason: str, spoken: Opinion | None) -> Box:
    if reason == _SAME_PERSON and spoken is not None:
        return replace(box, opinions=[*box.opinions, spoken], skipped=Reason(reason))
    return replace(box, skipped=Reason(reason))
