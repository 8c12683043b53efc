"""Say what a recheck comes to for each title: what a meeting decided, or that nothing was handed in."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.reasons import Label

from .. import clock
from ..applications.facts import grace_until
from ..conferring.listing import STAGE, as_row, ordinal
from ..installation import here
from ..models import Application, Campaign, CampaignCategory, Category, Document, Title, Unit
from . import expected

# What is decided, in the order of the document, and its heading there.
DECISIONS = {
    "keep": Label(zh="保留称号", en="Keep the title"),
    "remind": Label(zh="予以提醒", en="Remind"),
    "warn": Label(zh="予以警告", en="Warn"),
    "suspend": Label(zh="停牌整改", en="Suspend until put right"),
    "revoke": Label(zh="撤销称号", en="Revoke"),
    "terminate": Label(zh="称号自动终止", en="The title ends by itself"),
}
HEADINGS = ("序号", "单位名称", "称号类别")
NOTHING_HANDED_IN = "未按规定时限提交自查报告，视为自动放弃"
GIVEN_UP = ("withdrawn", "lapsed")  # ends of an application after which nothing is in


@dataclass(frozen=True)
class Outcome:
    """A title and what became of its recheck.

    decision: '' while nothing is decided; stage: where its application is, None where none was begun.
    """

    title_id: int
    state: str
    category: str
    category_name: str
    unit: str
    application: str  # public id, or ''
    stage: Label | None
    final: bool
    decision: str
    reason: str

    @property
    def under_way(self) -> bool:
        return bool(self.application) and not self.final and not self.decision


def outcomes(session: Session, campaign: Campaign) -> list[Outcome]:
    """Return what became of every title that a campaign rechecks, in the office's order of units."""
    handed_in = _handed_in(session, campaign)
    over = clock.stamp() >= (grace_until(campaign) or campaign.closes_at)
    rows = session.execute(
        select(Title, Category.name.label("category_name"), Unit.name.label("unit"))
        .join(Category, Category.code == Title.category)
        .join(Unit, Unit.id == Title.unit_id)
        .join(
            CampaignCategory,
            (CampaignCategory.campaign_id == campaign.id) & (CampaignCategory.category == Title.category),
        )
        .where(expected.of_campaign(campaign))
        .order_by(CampaignCategory.position, Category.position, Unit.position, Unit.id, Title.id)
    )
    return [
        _outcome(campaign, title, category, unit, handed_in.get(title.id), over)
        for title, category, unit in rows
    ]


def _handed_in(session: Session, campaign: Campaign) -> dict[int, Any]:
    """Return the application by title, the latest where one was withdrawn and another begun."""
    rows = session.execute(
        select(
            Application.title_id,
            Application.decision,
            Application.decision_reason,
            Application.submitted_at,
            Document.public_id,
            Document.state,
            Document.procedure_hash,
        )
        .join(Document, Document.id == Application.document_id)
        .where(Application.campaign_id == campaign.id, Application.title_id.is_not(None))
        .order_by(Application.document_id)
    )
    return {row.title_id: row for row in rows}


def _outcome(campaign: Campaign, title: Title, category: str, unit: str, row: Any, over: bool) -> Outcome:
    given_up = row is None or row.submitted_at is None or row.state in GIVEN_UP
    stage = here().versions[row.procedure_hash].stages[row.state] if row else None
    decision, reason = "", ""
    if given_up and over:
        decision, reason = campaign.unfiled or "terminate", NOTHING_HANDED_IN
    elif row is not None and row.state == STAGE:
        decision, reason = row.decision or "", row.decision_reason
    return Outcome(
        title_id=title.id,
        state=title.state,
        category=title.category,
        category_name=category,
        unit=unit,
        application=row.public_id if row and row.submitted_at else "",
        stage=stage.label if stage else None,
        final=bool(stage and stage.final),
        decision=decision,
        reason=reason,
    )


def decided(found: Iterable[Outcome]) -> list[Outcome]:
    """Return those on which something is decided, in the order of the document."""
    order = list(DECISIONS)
    return sorted((one for one in found if one.decision), key=lambda one: order.index(one.decision))


def counts(found: Iterable[Outcome]) -> dict[str, int]:
    """Return how often each was decided, in the order of the document; '' is what is open still."""
    counted = Counter(one.decision for one in found)
    return {word: counted[word] for word in ("", *DECISIONS) if counted[word]}


def annex(found: Sequence[Outcome]) -> str:
    """Return the outcome as a text: a heading and a table for each decision."""
    lines = []
    groups = {word: [one for one in found if one.decision == word] for word in DECISIONS}
    for place, (word, some) in enumerate(((word, some) for word, some in groups.items() if some), start=1):
        lines += [f"{ordinal(place)}、{DECISIONS[word]}（{len(some)}个）", as_row(HEADINGS)]
        lines.append("| --- | --- | --- |")
        lines += [as_row((str(n), one.unit, one.category_name)) for n, one in enumerate(some, start=1)]
    return "\n".join(lines)


def entries(found: Iterable[Outcome]) -> list[dict[str, Any]]:
    """Return the outcome as the row of its document keeps it."""
    return [
        {
            "application": one.application,
            "title": one.title_id,
            "category": one.category,
            "named": one.category_name,
            "unit": one.unit,
            "decision": one.decision,
            "reason": one.reason,
        }
        for one in found
    ]
