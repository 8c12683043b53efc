"""Set up the demonstration office's campaigns: last term's, concluded, and one that takes applications.

Each part is entered only where it is not there yet, so that one that was cut off is finished.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import clock
from ..applicants.credit_code import check_character
from ..applicants.keeping import enter_unit
from ..campaigns import announcing, first_lists, making, offering, reading
from ..installation import read_tx, write_tx
from ..models import Applicant, Appointment, Campaign, IndicatorSet, Post, Unit, User
from ..spreadsheets import Cell, Table, write_workbook
from ..titles import import_form, importing

RECOMMENDER = ("recommender", "推荐部门", "省直示范系统党委")  # account, name, unit
UNITS = {"省交通运输厅": "11410000000001001", "省农业农村厅": "11410000000002002"}  # codes without the last
TERM = 3  # years
OPEN_FOR = timedelta(days=90)
CATEGORIES = {"unit": 40, "model_unit": 10, "window": 20, "family": 30}  # places
METHODS = {
    "methods": ["material", "site", "survey"],
    "weight_material": 60,
    "weight_site": 30,
    "weight_survey": 10,
}
MOMENT = "%Y-%m-%dT%H:%M"
SETS = {"model_unit": "unit"}  # where a category has no tree of its own


def load() -> None:
    """Enter what of the campaigns, their units and their titles is not there yet."""
    with write_tx() as session:
        first_lists.enter(session)
        _people(session)
        clerk = session.scalars(select(User.id).where(User.username == "clerk")).one()
    opens = clock.today() - timedelta(days=10)
    before = opens.year - TERM
    last = _campaign(clerk, _at(date(before, 3, 2)), timedelta(days=40))
    with clock.held_at(_at(date(before, 12, 21))):
        _conclude(clerk, last)
    _titles(clerk, before)
    _campaign(clerk, _at(opens), OPEN_FOR)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), clock.SHANGHAI)


def _people(session: Session) -> None:
    """Enter the recommending body with its account, and the units that apply."""
    account, name, unit = RECOMMENDER
    body = enter_unit(session, unit)
    if session.scalars(select(User.id).where(User.username == account)).first() is None:
        known = session.scalars(select(User.password_hash).where(User.username == "unit1")).one()
        user = User(username=account, name=name, password_hash=known, active=True)
        post = Post(code="recommender", unit_id=body.id, title="主管部门经办人")
        session.add_all([user, post])
        session.flush()
        session.add(Appointment(post_id=post.id, user_id=user.id))
    for unit_id, applying in session.execute(select(Unit.id, Unit.name).where(Unit.name.in_(UNITS))):
        if session.get(Applicant, unit_id) is None:
            code = UNITS[applying] + check_character(UNITS[applying])
            row = {"credit_code": code, "nature": "机关", "recommender_id": body.id}
            session.add(Applicant(unit_id=unit_id, **row))


def _campaign(clerk: int, opens: datetime, takes: timedelta) -> str:
    """Make and announce a campaign as far as that has not been done; return its public id."""
    given = _sheet(opens, opens + takes)
    with read_tx() as session:
        found = session.execute(
            select(Campaign.public_id, Campaign.announced_at).where(Campaign.title == given["title"])
        ).first()
        sets = {one.code: one.id for one in session.scalars(select(IndicatorSet).filter_by(version=1))}
        body = session.scalars(select(Unit.id).where(Unit.name == RECOMMENDER[2])).one()
    if found is not None and found.announced_at:
        return str(found.public_id)
    with clock.held_at(opens - timedelta(days=5)):
        campaign = found.public_id if found is not None else making.make(clerk, given)
        for category, places in CATEGORIES.items():
            rules = first_lists.usual_rules(category)
            set_id = sets[SETS.get(category, category)]
            offered = {"set": set_id, "places": places, "eligibility": rules}
            offering.offer(clerk, campaign, category, offered)
        offering.set_quota(clerk, campaign, {"recommender": body, "category": "", "number": 5})
        announcing.announce(clerk, campaign)
    return str(campaign)


def _sheet(opens: datetime, closes: datetime) -> dict[str, Any]:
    """Return the sheet of a campaign of a year, whose titles are for the years after it."""
    with read_tx() as session:
        usual = reading.proposed(session)
    first, last = opens.year + 1, opens.year + TERM
    return usual | {
        "title": f"{opens.year}年度省直文明单位创建申报",
        "year": opens.year,
        "term": _term(opens.year),
        "term_from": f"{first}-01-01",
        "term_until": f"{last}-12-31",
        "agency": "wmw",
        **METHODS,
        "opens": opens.strftime(MOMENT),
        "closes": closes.strftime(MOMENT),
    }


def _term(year: int) -> str:
    return f"{year + 1}—{year + TERM}年度"


def _conclude(clerk: int, campaign: str) -> None:
    with read_tx() as session:
        done = session.scalars(select(Campaign.concluded_at).where(Campaign.public_id == campaign)).one()
    if done is None:
        announcing.conclude(clerk, campaign)


def _titles(clerk: int, year: int) -> None:
    """Take the titles of a year and of the term before in from a workbook, but for those that are there."""
    form = import_form.FORM
    known: list[dict[str, Cell]] = [
        {
            import_form.UNIT: unit,
            import_form.CATEGORY: category,
            import_form.LEVEL: import_form.LEVELS["own"],
            import_form.TERM: _term(since),
            import_form.NUMBER: f"豫直文明委〔{since}〕{serial}号",
            import_form.SINCE: date(since, 12, 20),
            import_form.UNTIL: date(since + TERM, 12, 31),
        }
        for unit, category, since, serial in (
            ("省交通运输厅", "文明单位", year - TERM, 9),
            ("省交通运输厅", "文明单位", year, 12),
            ("省农业农村厅", "文明单位", year, 12),
            ("省农业农村厅", "文明服务窗口", year, 13),
        )
    ]
    rows = [[row.get(heading) for heading in form.headings] for row in known]
    book = write_workbook([Table(form.name, form.headings, rows)])
    planned = importing.check(clerk, book, enter_units=False)
    if planned.entries:
        importing.take_in(clerk, book, False, planned.digest)
