"""Keep the lists that campaigns are made from, and each campaign's own: categories, grounds, bodies."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..errors import NotFound, NotReady
from ..installation import write_tx
from ..models import Campaign, Category, ConsultedBody, NegativeItem
from ..office.fields import Fields
from ..office.log import note
from . import finding
from .clerk import clerk

LONGEST_NAME, LONGEST_TEXT = 60, 500
MOST_MONTHS, MOST_YEARS, MOST = 120, 20, 10_000
LISTS: Mapping[str, type[NegativeItem] | type[ConsultedBody]] = {
    "negative": NegativeItem,
    "consulted": ConsultedBody,
}
_CODE = re.compile(r"[a-z][a-z0-9_]{0,31}")


def categories(session: Session, *, retired: bool = False) -> list[Category]:
    """Return the categories in the office's order, with those no longer used if wanted."""
    statement = select(Category).order_by(Category.position, Category.code)
    return list(session.scalars(statement if retired else statement.where(Category.active)))


def set_category(actor_id: int, code: str, given: Mapping[str, Any]) -> str:
    """Add a category (code '': one is given), or change `name`, `position`, `active`; return its code.

    Raises NotAllowed, NotFound, ContentError.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        row = session.get(Category, code) if code else None
        if code and row is None:
            raise NotFound
        fields = Fields(given)
        key = code or _code(fields)
        if row is None and key and session.get(Category, key) is not None:
            fields.refuse("code", "%(name)s is in the list already.", name=key)
        name = fields.line("name", LONGEST_NAME)
        same = session.scalar(select(Category.code).where(Category.name == name))
        if name and same not in (None, code or None):
            fields.refuse("name", "%(name)s is in the list already.", name=name)
        position = fields.whole("position", 0, MOST, required=False)
        fields.check()
        if row is None:
            last = session.scalar(select(func.max(Category.position))) or 0
            row = Category(code=key, name=name, position=last + 1, active=True)
            session.add(row)
        row.name, row.position = name, row.position if position is None else position
        row.active = not code or fields.yes("active")
        note(session, actor_id, "category_set", name, {"code": key, "active": row.active})
        return key


def negative_items(session: Session, campaign_id: int | None) -> list[NegativeItem]:
    """Return the grounds on which an application fails: a campaign's, or the office's own list."""
    return _rows(session, NegativeItem, campaign_id)


def bodies(session: Session, campaign_id: int | None) -> list[ConsultedBody]:
    """Return the bodies that are consulted: a campaign's, or the office's own list."""
    return _rows(session, ConsultedBody, campaign_id)


def _rows(session: Session, model: Any, campaign_id: int | None) -> list[Any]:
    statement = select(model).where(model.campaign_id == campaign_id)
    return list(session.scalars(statement.order_by(model.position, model.id)))


def put(actor_id: int, list_: str, public_id: str, item_id: int, given: Mapping[str, Any]) -> None:
    """Add an item (id 0) to a list of LISTS, or change one; public_id '' is the office's own list.

    Raises NotAllowed, NotFound, NotReady where the list no longer changes, ContentError.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        model, campaign = LISTS[list_], _campaign(session, list_, public_id)
        campaign_id = campaign.id if campaign else None
        row = _find(session, model, campaign_id, item_id) if item_id else None
        fields = Fields(given)
        values = _READ[list_](session, fields, campaign_id, row)
        position = fields.whole("position", 0, MOST, required=False)
        fields.check()
        if row is None:
            last = select(func.max(model.position)).where(model.campaign_id == campaign_id)
            row = model(campaign_id=campaign_id, **values, position=(session.scalar(last) or 0) + 1)
            session.add(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.position = row.position if position is None else position
        details = {"campaign": public_id, **values}
        note(session, actor_id, f"{list_}_item_set", campaign.title if campaign else list_, details)


def take_off(actor_id: int, list_: str, public_id: str, item_id: int) -> None:
    """Take an item off a list. Raises NotAllowed, NotFound, NotReady where the list no longer changes."""
    with write_tx() as session:
        clerk(session, actor_id)
        campaign = _campaign(session, list_, public_id)
        row = _find(session, LISTS[list_], campaign.id if campaign else None, item_id)
        session.delete(row)
        what = row.name if isinstance(row, ConsultedBody) else row.code
        details = {"campaign": public_id, "item": what}
        note(session, actor_id, f"{list_}_item_removed", campaign.title if campaign else list_, details)


def _campaign(session: Session, list_: str, public_id: str) -> Campaign | None:
    """Return the campaign whose list it is; bodies may be named until its scores are frozen."""
    if not public_id:
        return None
    if list_ == "negative":
        return finding.to_change(session, public_id)
    campaign = finding.find(session, public_id, lock=True)
    if campaign.frozen_at or campaign.concluded_at:
        raise NotReady([finding.FROZEN_ALREADY])
    return campaign


def _find(session: Session, model: Any, campaign_id: int | None, item_id: int) -> Any:
    row = session.get(model, item_id)
    if row is None or row.campaign_id != campaign_id:
        raise NotFound
    return row


def _code(fields: Fields) -> str:
    code = str(fields.given.get("code") or "").strip()
    if not _CODE.fullmatch(code):
        fields.refuse("code", "A code has 1 to 32 small letters, figures and _ and begins with a letter.")
        return ""
    return code


def _read_negative(
    session: Session, fields: Fields, campaign_id: int | None, row: NegativeItem | None
) -> dict[str, Any]:
    code = row.code if row else _code(fields)
    same = select(NegativeItem.id).where(NegativeItem.campaign_id == campaign_id, NegativeItem.code == code)
    if row is None and code and session.scalars(same).first() is not None:
        fields.refuse("code", "%(name)s is in the list already.", name=code)
    return {
        "code": code,
        "text": fields.line("text", LONGEST_TEXT),
        "months": fields.whole("months", 1, MOST_MONTHS, required=False),
        "source": fields.line("source", LONGEST_NAME),
        "evidence": fields.line("evidence", LONGEST_TEXT),
        "barred": fields.whole("barred", 1, MOST_YEARS, required=False),
    }


def _read_body(
    session: Session, fields: Fields, campaign_id: int | None, row: ConsultedBody | None
) -> dict[str, Any]:
    name = fields.line("name", LONGEST_NAME)
    same = session.scalar(
        select(ConsultedBody.id).where(ConsultedBody.campaign_id == campaign_id, ConsultedBody.name == name)
    )
    if name and same not in (None, row.id if row else None):
        fields.refuse("name", "%(name)s is in the list already.", name=name)
    return {"name": name, "about": fields.line("about", LONGEST_TEXT, required=False)}


_READ: Mapping[str, Any] = {"negative": _read_negative, "consulted": _read_body}
