"""Play the demonstration office's recent weeks through the engine, step by step, as its people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from .. import clock, engine
from ..answers import Once
from ..installation import read_tx, write_tx
from ..models import Document, Mark, User
from . import campaigns, texts
from .office import set_up

COUNTERSIGNED = ["countersigner1", "countersigner2"]
Step = tuple[str, str, dict[str, Any]]  # who, action, inputs

SUBMIT: Step = ("drafter", "submit", {})
SUBMIT_TO_BOTH: Step = ("drafter", "submit", {"countersigners": COUNTERSIGNED})
UNIT: Step = ("unit_head", "approve", {})
FIRST: Step = ("countersigner1", "countersign", {"comment": "同意。"})
SECOND: Step = ("countersigner2", "countersign", {})
CLERK: Step = ("clerk", "approve", {"comment": "审核五项均已核。"})
DEPUTY: Step = ("deputy", "approve", {"comment": "同意，请主任签发。"})
SIGN: Step = ("signatory", "sign", {"comment": "同意，请按程序印发。"})
CHECK: Step = ("clerk", "check", {})
REGISTER: Step = ("registrar", "register", {})
PRINT: Step = ("registrar", "send_to_print", {})
PROOF: Step = ("registrar", "finish_printing", {})
SEAL: Step = ("registrar", "seal", {})
ISSUE: Step = ("registrar", "issue", {})
ARCHIVE: Step = ("archivist", "archive", {"retention": "D30"})

TO_SIGN = [SUBMIT, UNIT, CLERK]
TO_REGISTER = [*TO_SIGN, SIGN, CHECK, REGISTER]
TO_ISSUE = [*TO_REGISTER, PRINT, PROOF, SEAL, ISSUE]


@dataclass(frozen=True)
class Story:
    """One document: how many days ago it began, its text, and what happened to it."""

    days_ago: int
    content: Mapping[str, Any]
    steps: list[Step] = field(default_factory=list)


STORIES = (
    Story(40, texts.PLAN, [SUBMIT_TO_BOTH, UNIT, FIRST, SECOND, *TO_ISSUE[2:], ARCHIVE]),
    Story(33, texts.TRAINING, TO_ISSUE),
    Story(
        28,
        texts.simple("公布志愿服务项目名单"),
        [*TO_REGISTER, ("registrar", "void", {"comment": "主送机关有误，重新拟稿。"})],
    ),
    Story(24, texts.CONSULT, TO_ISSUE),
    Story(20, texts.simple("报送年度工作总结"), TO_ISSUE),
    Story(12, texts.simple("开展窗口单位文明服务观摩"), [*TO_REGISTER, PRINT]),
    Story(9, texts.simple("组织文明交通志愿服务"), [*TO_SIGN, SIGN, CHECK]),
    Story(8, texts.simple("做好文明校园创建申报"), [*TO_SIGN, SIGN]),
    Story(
        7,
        texts.simple("召开年度工作推进会", urgency="特急"),
        [SUBMIT, UNIT, CLERK, DEPUTY],
    ),
    Story(6, texts.REVIEW, [SUBMIT_TO_BOTH, UNIT, FIRST, SECOND, CLERK]),
    Story(5, texts.simple("推荐身边好人候选人", urgency="加急"), TO_SIGN),
    Story(4, texts.simple("开展文明餐桌行动"), [SUBMIT_TO_BOTH, UNIT, FIRST]),
    Story(3, texts.simple("加强文明旅游宣传"), [SUBMIT, UNIT]),
    Story(3, texts.simple("征集家风家训作品"), [SUBMIT]),
    Story(
        2,
        texts.simple("调整联络员名单"),
        [SUBMIT, ("unit_head", "send_back", {"comment": "报送时限不明确，请写明日期。"})],
    ),
    Story(1, texts.simple("开展文明家庭寻访")),
)


def load() -> int:
    """Load the demonstration office, or finish one that was cut off; return how many documents it has."""
    with write_tx() as session:
        set_up(session)
        mark = session.get(Mark, "demonstration")
        if mark is not None and mark.value == "loaded":
            return len(STORIES)
        session.merge(Mark(name="demonstration", value="loading"))
    for number, story in enumerate(STORIES):
        _play(number, story)
    campaigns.load()
    with write_tx() as session:
        session.merge(Mark(name="demonstration", value="loaded"))
    return len(STORIES)


def is_wanted() -> bool:
    """Say whether there is no office yet, or only half of the demonstration's."""
    with read_tx() as session:
        mark = session.get(Mark, "demonstration")
        if mark is not None:
            return mark.value != "loaded"
        return session.scalars(select(User).limit(1)).first() is None


def _play(number: int, story: Story) -> None:
    moments = _moments(story.days_ago, len(story.steps) + 1)
    with clock.held_at(next(moments)):
        made = engine.draft(_id("drafter"), "notice", story.content, once=Once(f"demonstration {number}"))
    for position, (who, action, inputs) in enumerate(story.steps):
        with clock.held_at(next(moments)):
            engine.advance(
                _id(who),
                made.document,
                action,
                _version(made.document),
                inputs,
                once=Once(f"demonstration {number}.{position}"),
            )


def _moments(days_ago: int, steps: int) -> Iterator[datetime]:
    """Yield moments of two days, one after the other, from a day on and never in the future."""
    now = clock.now()
    day = clock.today() - timedelta(days=days_ago)
    start = datetime.combine(day, time(9, 10), clock.SHANGHAI)
    first_day = (steps + 1) // 2
    for step in range(steps):
        days, step_of_day = divmod(step, first_day)
        yield min(start + timedelta(days=days, minutes=23 * step_of_day), now)


def _id(username: str) -> int:
    with read_tx() as session:
        return session.scalars(select(User.id).where(User.username == username)).one()


def _version(public_id: str) -> int:
    with read_tx() as session:
        return session.scalars(select(Document.version).where(Document.public_id == public_id)).one()
