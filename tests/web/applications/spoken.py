"""Let consulted bodies, the public and the office say something about a conferred application."""

from datetime import date

from sqlalchemy import select

from tests.workflow.applications.campaign import UNITS
from tests.workflow.desk import Desk
from workflow import clock
from workflow.installation import write_tx
from workflow.models import (
    Campaign,
    CampaignCategory,
    Consultation,
    Document,
    Finding,
    Indicator,
    Objection,
    PublicNotice,
    Title,
    TitleEvent,
    Unit,
)

SECRET = "暗语"  # in every text that is not for others, and in none else
RECEIPT = "YY-SECRET-0001"


def enter(desk: Desk, campaign: str, application: str) -> dict[str, str]:
    """Enter a finding, an objection and an event; return by name what stands in addresses for each."""
    with write_tx() as session:
        document_id = session.scalars(select(Document.id).where(Document.public_id == application)).one()
        campaign_id = session.scalars(select(Campaign.id).where(Campaign.public_id == campaign)).one()
        reply = session.scalars(select(Consultation).where(Consultation.campaign_id == campaign_id)).one()
        reply.reply, reply.text = "objection", "回函暗语己。"
        session.add(Finding(consultation_id=reply.id, document_id=document_id, text="函复暗语庚。"))
        of_this = PublicNotice.campaign_id == campaign_id
        notice = session.scalars(select(PublicNotice).where(of_this).order_by(PublicNotice.id)).first()
        assert notice
        session.add(
            Objection(
                receipt=RECEIPT,
                public_notice_id=notice.id,
                document_id=document_id,
                channel="letter",
                name="异议人暗语辛",
                contact="暗语壬",
                text="异议暗语癸。",
                at=clock.stamp(),
            )
        )
        unit_id = session.scalars(select(Unit.id).where(Unit.name == UNITS["unit1"])).one()
        title = session.scalars(select(Title).where(Title.application_id == document_id)).first()
        assert title
        event = TitleEvent(
            title_id=title.id,
            kind="warn",
            reason="警告暗语子。",
            on=date(2026, 11, 1),
            at=clock.stamp(),
            by_id=desk.id("clerk"),
        )
        session.add(event)
        session.flush()
        set_id = session.scalars(
            select(CampaignCategory.set_id).where(CampaignCategory.campaign_id == campaign_id)
        ).first()
        leaf = session.scalars(select(Indicator.id).where(Indicator.set_id == set_id)).first()
        return {
            "notice": notice.public_id,
            "receipt": RECEIPT,
            "unit": str(unit_id),
            "title": str(title.id),
            "event": str(event.id),
            "consultation": str(reply.id),
            "set": str(set_id),
            "indicator": str(leaf),
        }
