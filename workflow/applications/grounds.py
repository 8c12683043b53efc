"""Say on what grounds an application may fail: the negative list (负面清单), or not being eligible."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.applying import ELIGIBILITY
from states.reasons import Label

from ..models import Application, NegativeItem

NOT_ELIGIBLE = Label(zh="不符合申报条件", en="Not eligible")


def grounds(session: Session, document: Mapping[str, Any]) -> dict[str, str | Label]:
    """Return the grounds that there are for an application, code to text, not being eligible first."""
    items = session.execute(
        select(NegativeItem.code, NegativeItem.text)
        .join(Application, Application.campaign_id == NegativeItem.campaign_id)
        .where(Application.document_id == document["id"])
        .order_by(NegativeItem.position, NegativeItem.id)
    )
    return {ELIGIBILITY: NOT_ELIGIBLE, **{item.code: item.text for item in items}}
