"""Gather what a unit finds when it comes in: what it may apply for, its applications, its titles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.application import ApplicationContent
from states.reasons import Label

from .. import clock
from ..campaigns.finding import ANNOUNCED, OPEN, standing
from ..describe import movements, readable
from ..directory import Person
from ..installation import here
from ..models import (
    Amendment,
    Applicant,
    Application,
    Campaign,
    CampaignCategory,
    Category,
    Document,
    Title,
    Unit,
    table,
)
from ..rechecking.expected import RECHECK
from ..work import load_content
from . import eligibility, facts
from .settling import home

_documents = table(Document)


@dataclass(frozen=True)
class Own:
    """An application as its unit sees it in a list; asked: what is to be put right, until when."""

    document: Mapping[str, Any]
    live: bool
    campaign: Campaign
    category: str
    label: Label
    final: bool
    said: str  # by whoever ended it, or sent it back
    asked: Sequence[Amendment]
    has_form: bool  # it may be filled in now

    @property
    def id(self) -> str:
        return str(self.document["public_id"])


@dataclass(frozen=True)
class Offer:
    """A category that a unit may apply for, whether it may, and its application if it has one."""

    code: str
    name: str
    checked: Sequence[eligibility.Checked]
    own: Own | None

    @property
    def verdict(self) -> eligibility.Verdict:
        """Return the worst that a rule says."""
        found = {one.verdict for one in self.checked}
        return "unmet" if "unmet" in found else "open" if "open" in found else "met"

    @property
    def shut(self) -> bool:
        """Say whether nothing that a unit fills in could let it apply."""
        return any(one.final for one in self.checked)


@dataclass(frozen=True)
class Round:
    """An announced campaign that takes applications, or will."""

    campaign: Campaign
    open: bool
    grace_until: str | None
    offers: Sequence[Offer]


@dataclass(frozen=True)
class Home:
    """All that a unit finds."""

    unit: Unit
    row: Applicant | None
    recommender: str | None
    rounds: Sequence[Round]
    own: Sequence[Own]
    titles: Sequence[tuple[Title, str]]  # with the category's name


def portal(session: Session, person: Person) -> Home:
    """Return what the unit finds for which somebody applies. Raises NotAllowed."""
    unit_id = home(person).unit_id or 0
    row, own = session.get(Applicant, unit_id), applications(session, person, unit_id)
    body = session.get(Unit, row.recommender_id) if row and row.recommender_id else None
    return Home(
        session.get_one(Unit, unit_id),
        row,
        body.name if body else None,
        _rounds(session, unit_id, own, last_content(session, unit_id)),
        own,
        titles(session, unit_id),
    )


def applications(session: Session, person: Person, unit_id: int) -> list[Own]:
    """Return a unit's applications, the latest first."""
    rows = session.execute(
        select(*_documents.c, Application.live, Campaign, Category.name.label("category_name"))
        .join(Application, Application.document_id == _documents.c.id)
        .join(Campaign, Campaign.id == Application.campaign_id)
        .join(Category, Category.code == Application.category)
        .where(Application.unit_id == unit_id)
        .order_by(_documents.c.id.desc())
    ).all()
    asked: dict[int, list[Amendment]] = {}
    of_these = Amendment.document_id.in_([row.id for row in rows])
    for one in session.scalars(select(Amendment).where(of_these).order_by(Amendment.id.desc())):
        asked.setdefault(one.document_id, []).append(one)
    found = []
    for row in rows:
        document = {column.name: getattr(row, column.name) for column in _documents.c}
        stage = here().versions[document["procedure_hash"]].stages[document["state"]]
        told = stage.final or document["last_action"] == "send_back"
        said = _last_word(session, person, document) if told else ""
        has_form = stage.edit == "free" and stage.holders and stage.holders[0].name == facts.APPLICANT
        found.append(
            Own(
                document,
                row.live,
                row.Campaign,
                row.category_name,
                stage.label,
                bool(stage.final),
                said,
                asked.get(document["id"], ()),
                bool(has_form),
            )
        )
    return found


def _last_word(session: Session, person: Person, document: Mapping[str, Any]) -> str:
    passages = readable(person, document, movements(session, document["id"]))
    return passages[-1].comment if passages else ""


def titles(session: Session, unit_id: int) -> list[tuple[Title, str]]:
    """Return a unit's titles with their categories' names, the latest first."""
    rows = session.execute(
        select(Title, Category.name)
        .join(Category, Category.code == Title.category)
        .where(Title.unit_id == unit_id)
        .order_by(Title.since.desc(), Title.id.desc())
    )
    return [(title, name) for title, name in rows]


def last_content(session: Session, unit_id: int) -> ApplicationContent | None:
    """Return what a unit filled in last, in whatever campaign."""
    row = session.execute(
        select(Document.id, Document.revision, Document.kind)
        .join(Application, Application.document_id == Document.id)
        .where(Application.unit_id == unit_id)
        .order_by(Document.updated_at.desc(), Document.id.desc())
    ).first()
    if row is None:
        return None
    content: ApplicationContent = load_content(session, row.id, row.revision, row.kind)
    return content


def _rounds(
    session: Session, unit_id: int, own: Sequence[Own], last: ApplicationContent | None
) -> list[Round]:
    now, found = clock.stamp(), []
    announced = select(Campaign).where(Campaign.announced_at.is_not(None))
    for campaign in session.scalars(announced.order_by(Campaign.closes_at, Campaign.id)):
        until = facts.grace_until(campaign)
        stands = standing(campaign, now)
        live = {one.document["type"]: one for one in own if one.live and one.campaign.id == campaign.id}
        late = until is not None and now < until and bool(live)
        if stands in (ANNOUNCED, OPEN) or late:
            offers = _offers(session, unit_id, campaign, live, last)
            if campaign.kind == RECHECK:  # it concerns nobody but those whose titles it rechecks
                offers = [one for one in offers if one.own or not one.shut]
            if offers:
                found.append(Round(campaign, stands == OPEN, until, offers))
    return found


def _offers(
    session: Session,
    unit_id: int,
    campaign: Campaign,
    live: Mapping[str, Own],
    last: ApplicationContent | None,
) -> list[Offer]:
    rows = session.execute(
        select(Category.code, Category.name)
        .join(CampaignCategory, CampaignCategory.category == Category.code)
        .where(CampaignCategory.campaign_id == campaign.id)
        .order_by(CampaignCategory.position, CampaignCategory.id)
    )
    return [
        Offer(
            row.code,
            row.name,
            eligibility.check(session, unit_id, campaign, row.code, last),
            live.get(row.code),
        )
        for row in rows
    ]
