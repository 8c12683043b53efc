"""Tell the rules about one application: read when a rule asks, and kept for as long as the case lives."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from states.applying import METHODS, Window

from .. import clock
from ..models import (
    Amendment,
    Applicant,
    Application,
    Appointment,
    Assignment,
    Campaign,
    Conferral,
    Consultation,
    ConsultedBody,
    Objection,
    Post,
    PublicNotice,
    Title,
    User,
    table,
)
from ..prepared import Prepared
from .places import places_left
from .sheets import scored, to_be_scored

APPLICANT, RECOMMENDER = "applicant", "recommender"

_applications, _campaigns, _applicants = table(Application), table(Campaign), table(Applicant)
_appointments, _posts, _users = table(Appointment), table(Post), table(User)
_assignments = table(Assignment)

_OF = Prepared(
    select(
        _applications.c.document_id,
        _applications.c.campaign_id,
        _applications.c.category,
        _applications.c.begun_at,
        _applications.c.submitted_at,
        _applicants.c.recommender_id,
        *(
            _campaigns.c[name]
            for name in ("opens_at", "closes_at", "late_rule", "grace_minutes", "methods", "notice_days")
        ),
        _campaigns.c.frozen_at,
    )
    .select_from(
        _applications.join(_campaigns, _campaigns.c.id == _applications.c.campaign_id).outerjoin(
            _applicants, _applicants.c.unit_id == _applications.c.unit_id
        )
    )
    .where(_applications.c.document_id == bindparam("of"))
)
_IN_POST = Prepared(
    select(_users.c.id)
    .join(_appointments, _appointments.c.user_id == _users.c.id)
    .join(_posts, _posts.c.id == _appointments.c.post_id)
    .where(_posts.c.code == bindparam("code"), _posts.c.unit_id == bindparam("unit"), _users.c.active)
    .order_by(_appointments.c.id)
)
_ASSESSORS = Prepared(
    select(_assignments.c.user_id)
    .join(_users, _users.c.id == _assignments.c.user_id)
    .where(
        _assignments.c.document_id == bindparam("of"),
        _assignments.c.method == bindparam("how"),
        _users.c.active,
    )
    .order_by(_assignments.c.id)
)


class Facts:
    """An application as the rules see it (states.applying)."""

    def __init__(self, session: Session, document: Mapping[str, Any]) -> None:
        self.session, self.document = session, document

    @cached_property
    def row(self) -> Any:
        """Return what its own row, its campaign's and its unit's say."""
        return _OF.first(self.session, {"of": self.document["id"]})

    @cached_property
    def applicants(self) -> tuple[int, ...]:
        return people_in(self.session, APPLICANT, self.document["unit_id"])

    @cached_property
    def recommenders(self) -> tuple[int, ...]:
        body = self.row.recommender_id
        return () if body is None else people_in(self.session, RECOMMENDER, body)

    @property
    def has_recommending_body(self) -> bool:
        return self.row.recommender_id is not None

    def assessors(self, method: str) -> tuple[int, ...]:
        which = {"of": self.row.document_id, "how": method}
        return tuple(row.user_id for row in _ASSESSORS.rows(self.session, which))

    def unscored(self, person: int, method: str) -> int:
        wanted = to_be_scored(self.session, self.row.campaign_id, self.row.category, method)
        return len(wanted - scored(self.session, self.row.document_id, person, method))

    @property
    def methods(self) -> tuple[str, ...]:
        return tuple(self.row.methods)

    @cached_property
    def window(self) -> Window:
        at = clock.stamp()
        if at < self.row.opens_at:
            return "before"
        if at < self.row.closes_at:
            return "open"
        grace = grace_until(self.row)
        return "grace" if grace is not None and at < grace else "closed"

    @property
    def opens_at(self) -> str:
        return spoken(self.row.opens_at)

    @property
    def closes_at(self) -> str:
        return spoken(self.row.closes_at)

    @property
    def grace_until(self) -> str | None:
        until = grace_until(self.row)
        return spoken(until) if until else None

    @property
    def begun_in_time(self) -> bool:
        return bool(self.row.begun_at < self.row.closes_at)

    @property
    def submitted(self) -> bool:
        return self.row.submitted_at is not None

    @cached_property
    def places_left(self) -> int | None:
        return places_left(self.session, self.row)

    @cached_property
    def replies_outstanding(self) -> tuple[str, ...]:
        answered = or_(Consultation.reply.is_not(None), Consultation.given_up != "")
        of_campaign = self.row.campaign_id
        rows = self.session.execute(
            select(Consultation.body, answered.label("done")).where(Consultation.campaign_id == of_campaign)
        ).all()
        done = {row.body for row in rows if row.done}
        named = self.session.scalars(
            select(ConsultedBody.name)
            .where(ConsultedBody.campaign_id == of_campaign)
            .order_by(ConsultedBody.position, ConsultedBody.id)
        )
        return tuple(
            name for name in dict.fromkeys((*named, *(row.body for row in rows))) if name not in done
        )

    @property
    def frozen(self) -> bool:
        return self.row.frozen_at is not None

    @property
    def notice_days(self) -> int:
        return int(self.row.notice_days)

    @cached_property
    def notice_last_day(self) -> str | None:
        rows = self.session.execute(
            select(PublicNotice.last_day, PublicNotice.listed).where(
                PublicNotice.campaign_id == self.row.campaign_id
            )
        )
        days = [row.last_day for row in rows if self._is_on(row.listed)]
        return max(days).isoformat() if days else None

    @cached_property
    def open_objections(self) -> int:
        unanswered = select(func.count()).where(
            Objection.document_id == self.row.document_id, Objection.outcome.is_(None)
        )
        return self.session.execute(unanswered).scalar_one()

    @cached_property
    def outcomes(self) -> frozenset[str]:
        answered = select(Objection.outcome).where(
            Objection.document_id == self.row.document_id, Objection.outcome.is_not(None)
        )
        return frozenset(filter(None, self.session.scalars(answered)))

    @cached_property
    def in_force(self) -> bool:
        of_this = Title.application_id == self.row.document_id
        if self.session.scalars(select(Title.id).where(of_this).limit(1)).first() is not None:
            return True
        lists = self.session.scalars(
            select(Conferral.listed).where(
                Conferral.campaign_id == self.row.campaign_id, Conferral.in_force_at.is_not(None)
            )
        )
        named = ([entry for entry in listed if entry.get("granted", True)] for listed in lists)
        return any(self._is_on(listed) for listed in named)

    @cached_property
    def _due_at(self) -> str | None:
        awaited = select(func.max(Amendment.due_at)).where(
            Amendment.document_id == self.row.document_id, Amendment.answered_at.is_(None)
        )
        return self.session.execute(awaited).scalar_one()

    @property
    def amendment_due(self) -> str | None:
        return spoken(self._due_at) if self._due_at else None

    @property
    def amendment_overdue(self) -> bool:
        return self._due_at is not None and clock.stamp() > self._due_at

    def _is_on(self, listed: list[Mapping[str, Any]]) -> bool:
        """Tell whether the application is on a list: each entry names its own by its public id."""
        return any(entry.get("application") == self.document["public_id"] for entry in listed)


class Rehearsed(Facts):
    """An application that nobody keeps: of a unit, in a campaign that judges by every method."""

    def __init__(self, session: Session, unit_id: int) -> None:
        super().__init__(session, {"id": 0, "unit_id": unit_id, "public_id": ""})

    @cached_property
    def row(self) -> Any:
        unit = self.session.get(Applicant, self.document["unit_id"])
        return SimpleNamespace(
            document_id=0,
            campaign_id=0,
            category="",
            recommender_id=unit.recommender_id if unit else None,
            methods=list(METHODS),
            notice_days=1,
        )


def facts_of(session: Session, document: Mapping[str, Any]) -> Facts:
    return Facts(session, document)


def people_in(session: Session, code: str, unit_id: int) -> tuple[int, ...]:
    """Return the active people in a unit's posts of a code."""
    rows = _IN_POST.rows(session, {"code": code, "unit": unit_id})
    return tuple(dict.fromkeys(row.id for row in rows))


def grace_until(campaign: Any) -> str | None:
    """Return until when what was begun in time may be submitted, None where closing is the end."""
    if campaign.late_rule != "finish" or not campaign.grace_minutes:
        return None
    return clock.stamp(clock.read(campaign.closes_at) + timedelta(minutes=campaign.grace_minutes))


def spoken(stamped: str) -> str:
    """Return an instant as people read it, in Shanghai's time."""
    return clock.read(stamped).strftime("%Y-%m-%d %H:%M")
