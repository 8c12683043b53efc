"""A campaign whose applications wait for their conferral, and the documents that confer."""

from typing import Any

from sqlalchemy import select, update

from tests.workflow.applications.campaign import content, open_campaign
from tests.workflow.desk import Desk
from workflow import engine
from workflow.conferring import drafting
from workflow.installation import read_tx, write_tx
from workflow.models import Campaign, Conferral, Document, Title, TitleEvent

GIVEN = {
    "title": "关于命名2026—2028届文明单位的决定",
    "text": "决定命名下列单位为文明单位。",
    "addressees": "各有关单位",
    "contact": "文秘 0371-60000000",
}


def waiting(desk: Desk, **changes: Any) -> tuple[str, list[str]]:
    """Open a campaign of which two units' applications wait for their conferral."""
    campaign = open_campaign(desk, **changes)
    return campaign, [bring_in(desk, campaign, who) for who in ("unit1", "unit2")]


def bring_in(desk: Desk, campaign: str, who: str, category: str = "unit") -> str:
    """Let one more application wait, as if it had gone through all before."""
    document = engine.draft(desk.id(who), "application", content(campaign, category)).document
    with write_tx() as session:
        of_this = Document.public_id == document
        session.execute(
            update(Document).where(of_this).values(state="conferral", submitted_at=Document.created_at)
        )
    return document


def drafted(desk: Desk, campaign: str, who: str = "clerk", **changes: Any) -> str:
    return drafting.draft(desk.id(who), campaign, GIVEN | changes)


def titles(campaign: str) -> list[Title]:
    with read_tx() as session:
        rows = select(Title).join(Conferral, Conferral.id == Title.conferral_id)
        of_this = rows.join(Campaign, Campaign.id == Conferral.campaign_id)
        return list(session.scalars(of_this.where(Campaign.public_id == campaign).order_by(Title.id)))


def states(campaign: str) -> list[str]:
    return [title.state for title in titles(campaign)]


def kinds(title: Title) -> list[str]:
    with read_tx() as session:
        rows = select(TitleEvent.kind).where(TitleEvent.title_id == title.id).order_by(TitleEvent.id)
        return list(session.scalars(rows))


def conferral(campaign: str) -> Conferral:
    """Return the campaign's latest conferral."""
    with read_tx() as session:
        rows = select(Conferral).join(Campaign, Campaign.id == Conferral.campaign_id)
        of_this = rows.where(Campaign.public_id == campaign)
        return session.scalars(of_this.order_by(Conferral.id.desc()).limit(1)).one()
