"""Draft the letters (征求意见函) of a campaign in one act: a numbered 函 to each body that is asked."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from .. import engine
from ..answers import Once
from ..applications.candidates import Candidate, candidates
from ..campaigns.clerk import clerk
from ..campaigns.finding import find
from ..clock import today
from ..errors import KeyReused
from ..installation import read_tx, write_tx
from ..models import Agency, Answer, Campaign, Consultation, Document
from ..office.fields import Fields
from ..office.log import note
from .register import Asked, asked

STAGE = "consultation"
LONGEST = 5000
NOT_IN_A_CELL = str.maketrans({"|": "／", "\n": " "})
TYPE, LIST = "函", "征求意见单位名单"
HEADINGS = ("序号", "单位名称", "统一社会信用代码", "申报类别")
TEXT = (
    "按照创建工作安排，我办正在组织{title}。为全面、准确掌握申报单位情况，现就附件所列{count}个单位征求你单位意见。",
    "请结合职责，对名单所列单位及其主要负责人是否存在影响评选的情形提出意见；有意见的，请逐一写明单位名称和具体情况；无意见的，也请函复。",
)
ABOUT = "请重点就{about}提出意见。"
REPLY = "请于{year}年{month}月{day}日前将书面意见加盖公章后函复。"
END = "特此函询，请予支持。"


def proposed_text(campaign: Campaign, count: int) -> str:
    """Return what a letter usually says; what each body is asked about and the day are added to each."""
    return "\n".join(line.format(title=campaign.title, count=count) for line in TEXT)


def draft_letters(actor_id: int, campaign_id: str, given: Mapping[str, Any]) -> list[str]:
    """Draft a letter to each body that has none, with `text` and reply wanted by `due_on`; return their ids.

    Each is a document of its own in a transaction of its own: done again, it goes on where it stopped. A
    letter that was voided is drafted anew. Raises NotAllowed, NotFound, NotReady, ContentError.
    """
    with write_tx() as session:
        person = clerk(session, actor_id)
        campaign = find(session, campaign_id, lock=True)
        listed = candidates(session, campaign, STAGE)
        open_ = [one for one in asked(session, person, campaign) if one.wants_letter]
        _refuse_nothing(listed, open_)
        fields = Fields(given)
        text, due_on = fields.text("text", LONGEST), coming_day(fields, "due_on")
        fields.check()
        contents, keys = {}, {}
        for one in open_:
            row = _enter(session, campaign, one, due_on)
            contents[row.id] = _content(session, campaign, one, listed, text, due_on)
            keys[row.id] = f"consultation-{row.id}-{row.letter_id or 0}"
        details = {"campaign": campaign_id, "bodies": "、".join(one.body for one in open_)}
        note(session, actor_id, "letters_drafted", campaign.title, details)
    return [_draft(actor_id, row_id, contents[row_id], keys[row_id]) for row_id in contents]


def coming_day(fields: Fields, where: str) -> date:
    """Return a day that is not over yet; another is told."""
    day = fields.day(where)
    if day is not None and day < today():
        fields.refuse(where, "This day is over already.")
    return day or today()


def _refuse_nothing(listed: Sequence[Candidate], open_: Sequence[Asked]) -> None:
    wrong = []
    if not listed:
        wrong.append(Reason("No application has come to consultation yet"))
    if not open_:
        wrong.append(Reason("Every body has its letter, or is no longer waited for"))
    if wrong:
        raise NotReady(wrong)


def _enter(session: Session, campaign: Campaign, one: Asked, due_on: date) -> Consultation:
    """Return the row of a body, which says until when its reply is wanted."""
    row = one.row or Consultation(campaign_id=campaign.id, body=one.body)
    row.due_on = due_on
    session.add(row)
    session.flush()
    return row


def _content(
    session: Session,
    campaign: Campaign,
    one: Asked,
    listed: Sequence[Candidate],
    text: str,
    due_on: date,
) -> dict[str, Any]:
    asking = [ABOUT.format(about=one.about.rstrip("。"))] if one.about else []
    until = REPLY.format(year=due_on.year, month=due_on.month, day=due_on.day)
    return {
        "type": TYPE,
        "title": f"关于征求{campaign.title}申报单位意见的函",
        "addressees": one.body,
        "body": "\n".join((text, *asking, until, END)),
        "attachments": [{"title": LIST, "body": _table(listed)}],
        "agency": session.get_one(Agency, campaign.agency_id).code,
    }


def _table(listed: Sequence[Candidate]) -> str:
    rows = [(str(n), one.unit, one.credit_code, one.category_name) for n, one in enumerate(listed, start=1)]
    ruled = (HEADINGS, ("---",) * len(HEADINGS), *rows)
    return "\n".join(f"| {' | '.join(cell.translate(NOT_IN_A_CELL) for cell in row)} |" for row in ruled)


def _draft(actor_id: int, row_id: int, content: Mapping[str, Any], key: str) -> str:
    """Draft one letter, or find the one that an interrupted act left; its row points to it from now on."""
    try:
        letter = engine.draft(actor_id, "notice", content, once=Once(key)).document
    except KeyReused:
        with read_tx() as session:
            letter = str(session.get_one(Answer, (actor_id, key)).answer["id"])
    with write_tx() as session:
        row = session.get_one(Consultation, row_id)
        row.letter_id = session.scalars(select(Document.id).where(Document.public_id == letter)).one()
    return letter
