"""Read the office as it is, in the form in which its workbook speaks of it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.sheet import TYPES

from ..models import (
    Agency,
    AgencyName,
    Appointment,
    Correspondent,
    LeaderInCharge,
    Post,
    Series,
    SigningRight,
    Unit,
    User,
)
from ..office.series import waiting_for_numbers
from .entries import HELD, Fields, Key, Office, empty_office


def read_office(session: Session) -> Office:
    """Return all that the workbook could speak of; closed accounts are not in it."""
    office = empty_office()
    agencies = {agency.id: agency for agency in session.scalars(select(Agency).order_by(Agency.position))}
    office["agency"] = {(agency.code,): _agency(agency) for agency in agencies.values()}
    office["name"] = _names(session, agencies)
    rows = session.scalars(select(Series).order_by(Series.position, Series.id))
    office["series"] = {(row.agency_code,): _series(row, agencies[row.agency_id].code) for row in rows}
    rights = session.scalars(select(SigningRight).order_by(SigningRight.agency_id, SigningRight.position))
    office["right"] = {(agencies[row.agency_id].code, row.type, row.post): {} for row in rights}
    office["unit"] = _units(session, agencies)
    office["person"] = _people(session)
    known = session.scalars(select(Correspondent).order_by(Correspondent.position))
    office["correspondent"] = {(row.name,): {"份数": row.copies} for row in known}
    return office


def _agency(agency: Agency) -> Fields:
    return {
        "字高": agency.masthead_size_pt,
        "字宽比例": agency.masthead_percent,
        "用印": agency.seal,
        "默认抄送": agency.copy_to or None,
        "全宗号": agency.fonds,
        "机构代码": agency.section,
    }


def _names(session: Session, agencies: dict[int, Agency]) -> dict[Key, Fields]:
    rows = session.scalars(select(AgencyName).order_by(AgencyName.agency_id, AgencyName.since))
    return {
        (agencies[row.agency_id].code, row.since.isoformat()): {
            "全称": row.full,
            "规范化简称": row.short,
            "停用日期": row.until,
            "发文机关标志": row.masthead or agencies[row.agency_id].masthead,
            "印发机关": row.printed_by or agencies[row.agency_id].printed_by,
        }
        for row in rows
    }


def _series(row: Series, agency: str) -> Fields:
    confirmed = row.start_at is not None
    return {
        "机关代码": agency,
        "名称": row.name,
        "适用文种": tuple(name for name in TYPES if name in row.types),
        "起始年度": row.start_year if confirmed else row.proposed_year,
        "起始号": row.start_serial if confirmed else row.proposed_serial,
        "停用": row.retired,
    }


def _units(session: Session, agencies: dict[int, Agency]) -> dict[Key, Fields]:
    in_charge = session.execute(
        select(LeaderInCharge.unit_id, User.username)
        .join(User, User.id == LeaderInCharge.user_id)
        .where(User.active)
        .order_by(LeaderInCharge.id)
    )
    leaders = _grouped((row[0], row[1]) for row in in_charge)
    return {
        (unit.name,): {
            "内设": unit.internal,
            "所属机关": agencies[unit.agency_id].code if unit.agency_id else None,
            "分管领导": tuple(leaders.get(unit.id, ())),
        }
        for unit in session.scalars(select(Unit).order_by(Unit.position))
    }


def _people(session: Session) -> dict[Key, Fields]:
    rows = session.execute(
        select(Appointment.user_id, Unit.name, Post.code, Post.title)
        .join(Post, Post.id == Appointment.post_id)
        .outerjoin(Unit, Unit.id == Post.unit_id)
        .order_by(Appointment.id)
    )
    held = _grouped((row[0], (row[1] or "", row[2], row[3])) for row in rows)
    return {
        (user.username,): {"姓名": user.name, HELD: tuple(dict.fromkeys(held.get(user.id, ())))}
        for user in session.scalars(select(User).where(User.active).order_by(User.id))
    }


def closed_accounts(session: Session) -> frozenset[str]:
    """Return the user names of closed accounts."""
    return frozenset(session.scalars(select(User.username).where(~User.active)))


def confirmed_series(session: Session) -> frozenset[str]:
    """Return the 机关代字 whose start the registrar has confirmed."""
    return frozenset(session.scalars(select(Series.agency_code).where(Series.start_at.is_not(None))))


def units_with_posts(session: Session) -> frozenset[str]:
    """Return the names of units that have posts, held or not."""
    return frozenset(session.scalars(select(Unit.name).join(Post, Post.unit_id == Unit.id)))


def waiting_documents(session: Session) -> dict[str, int]:
    """Return by agency how many documents are under way without a number."""
    return {
        agency.code: waiting_for_numbers(session, agency.id) for agency in session.scalars(select(Agency))
    }


def _grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
