"""Take an office's workbook in: write what its plan says, in the caller's transaction."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..models import Agency, AgencyName, Appointment, Correspondent, Post, Series, SigningRight, Unit, User
from ..office import accounts, appointments
from ..office.series import locked_agencies
from .entries import HELD, Held, Noun
from .judged import listed
from .plan import Change, Plan


def apply(session: Session, by_id: int | None, planned: Plan, hashes: Mapping[str, str]) -> None:
    """Write every change of a plan without findings.

    hashes: the password's hash for each newcomer, by user name. Raises NotReady where the office has
    changed since the plan was made in a way that its verbs refuse.
    """
    locked_agencies(session)
    for change in planned.changes:
        if change.noun != "person":
            _WRITE[change.noun](session, change)
            session.flush()
    for change in planned.changes:
        if change.noun == "person":
            _person(session, by_id, change, hashes)
    for change in planned.changes:
        if change.noun == "unit":
            _leaders(session, by_id, change)


def _agency(session: Session, change: Change) -> None:
    after = change.after
    agency = session.scalars(select(Agency).where(Agency.code == change.key[0])).first()
    if agency is None:
        agency = Agency(code=change.key[0], position=_last(session, Agency), masthead="", printed_by="")
        session.add(agency)
    agency.masthead_size_pt, agency.masthead_percent = after["字高"], after["字宽比例"]  # type: ignore[assignment]
    agency.seal, agency.copy_to = bool(after["用印"]), str(after["默认抄送"] or "")
    agency.fonds, agency.section = str(after["全宗号"]), str(after["机构代码"])


def _name(session: Session, change: Change) -> None:
    """Write a name; every one has its own masthead and 印发机关, the agency's stand for the latest."""
    code, since = change.key[0], date.fromisoformat(change.key[1])
    agency = session.scalars(select(Agency).where(Agency.code == code)).one()
    names = list(session.scalars(select(AgencyName).where(AgencyName.agency_id == agency.id)))
    for each in names:
        each.masthead = each.masthead or agency.masthead
        each.printed_by = each.printed_by or agency.printed_by
    name = next((each for each in names if each.since == since), None)
    if name is None:
        name = AgencyName(agency_id=agency.id, since=since)
        session.add(name)
        names.append(name)
    after = change.after
    name.full, name.short = str(after["全称"]), str(after["规范化简称"])
    name.until = after["停用日期"]  # type: ignore[assignment]
    name.masthead, name.printed_by = str(after["发文机关标志"]), str(after["印发机关"])
    latest = max(names, key=lambda each: each.since)
    agency.masthead, agency.printed_by = latest.masthead or "", latest.printed_by or ""


def _series(session: Session, change: Change) -> None:
    series = session.scalars(select(Series).where(Series.agency_code == change.key[0])).first()
    after = change.after
    if series is None:
        series = Series(
            agency_id=_agency_id(session, after["机关代码"]),
            agency_code=change.key[0],
            closed_year=0,
            position=_last(session, Series),
        )
        session.add(series)
    series.name, series.types = str(after["名称"]), list(listed(after["适用文种"]))
    series.retired = bool(after["停用"])
    if series.start_at is None:
        series.proposed_year, series.proposed_serial = after["起始年度"], after["起始号"]  # type: ignore[assignment]


def _right(session: Session, change: Change) -> None:
    agency, type_, post = change.key
    of_type = {"agency_id": _agency_id(session, agency), "type": type_}
    last = session.scalar(select(func.max(SigningRight.position)).filter_by(**of_type))
    session.add(SigningRight(**of_type, post=post, position=0 if last is None else last + 1))


def _unit(session: Session, change: Change) -> None:
    unit = _find_unit(session, change.key[0])
    if unit is None:
        unit = Unit(name=change.key[0], position=_last(session, Unit))
        session.add(unit)
    agency = change.after["所属机关"]
    unit.internal = bool(change.after["内设"])
    unit.agency_id = None if agency is None else _agency_id(session, agency)


def _correspondent(session: Session, change: Change) -> None:
    row = session.scalars(select(Correspondent).where(Correspondent.name == change.key[0])).first()
    if row is None:
        row = Correspondent(name=change.key[0], position=_last(session, Correspondent))
        session.add(row)
    row.copies = int(str(change.after["份数"]))


_WRITE: dict[Noun, Callable[[Session, Change], None]] = {
    "agency": _agency,
    "name": _name,
    "series": _series,
    "right": _right,
    "unit": _unit,
    "correspondent": _correspondent,
}


def _person(session: Session, by_id: int | None, change: Change, hashes: Mapping[str, str]) -> None:
    username, name = change.key[0], str(change.after["姓名"])
    if change.before is None:
        user = accounts.enter(session, by_id, username, name, hashes[username])
    else:
        user = accounts.find_user(session, username)
        accounts.call(session, by_id, user, name)
    wanted, held = listed(change.after[HELD]), listed((change.before or {}).get(HELD))
    for post in wanted:  # before others are left: somebody is always administrator
        if post not in held:
            appointments.enter(session, by_id, _post(session, post), user)
    for post in held:
        if post not in wanted:
            left = _post(session, post, user)
            appointments.leave(session, by_id, left, user)
            _forget_title(session, left)
    _put_in_order(session, user, [_post(session, post, user).id for post in wanted])


def _forget_title(session: Session, left: Post) -> None:
    """Remove a post that nobody holds any more where another of its kind is in its unit."""
    same = select(Post.id).where(Post.unit_id == left.unit_id, Post.code == left.code, Post.id != left.id)
    holders = select(Appointment.id).where(Appointment.post_id == left.id)
    kept = left.stand_in_id is not None or session.scalars(holders).first() is not None
    if not kept and session.scalars(same).first() is not None:
        session.delete(left)
        session.flush()


def _put_in_order(session: Session, user: User, post_ids: list[int]) -> None:
    """Let a person's posts stand as in the workbook: in the first one's unit they draft."""
    mine = select(Appointment).where(Appointment.user_id == user.id).order_by(Appointment.id)
    rows = list(session.scalars(mine))
    if [row.post_id for row in rows] == post_ids:
        return
    for row in rows:
        session.delete(row)
    session.flush()
    for post_id in post_ids:
        session.add(Appointment(post_id=post_id, user_id=user.id))
        session.flush()


def _post(session: Session, held: Held, holder: User | None = None) -> Post:
    """Return the post of a unit, code and title, as its holder has it; a new one if there is none."""
    unit_name, code, title = held
    unit = _find_unit(session, unit_name) if unit_name else None
    known = {"unit_id": unit.id if unit else None, "code": code, "title": title}
    found = select(Post).filter_by(**known).order_by(Post.id)
    if holder is not None:
        found = found.join(Appointment).where(Appointment.user_id == holder.id)
    post = session.scalars(found).first()
    if post is None:
        post = Post(**known)
        session.add(post)
        session.flush()
    return post


def _leaders(session: Session, by_id: int | None, change: Change) -> None:
    unit = _find_unit(session, change.key[0])
    before = listed((change.before or {}).get("分管领导"))
    after = listed(change.after["分管领导"])
    for username in after:
        if username not in before:
            appointments.take_charge(session, by_id, unit, accounts.find_user(session, username))
    for username in before:
        if username not in after:
            appointments.give_up_charge(session, by_id, unit, accounts.find_user(session, username))


def _find_unit(session: Session, name: str) -> Any:
    return session.scalars(select(Unit).where(Unit.name == name)).first()


def _agency_id(session: Session, code: Any) -> int:
    return session.scalars(select(Agency.id).where(Agency.code == code)).one()


def _last(session: Session, model: Any) -> int:
    last = session.scalar(select(func.max(model.position)))
    return 0 if last is None else last + 1
