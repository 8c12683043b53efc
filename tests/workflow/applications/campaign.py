"""A campaign to try applications with: two categories, a small tree of indicators, units, bodies, experts.

The accounts are those of the demonstration office (unit1, unit2, expert1, expert2) and, with the same
password, body1 and body2, who recommend unit1 and unit2, unit3, which nobody recommends, and expert3.
"""

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.workflow.desk import Desk
from workflow import archive, clock
from workflow.installation import read_tx, write_tx
from workflow.models import (
    Agency,
    Amendment,
    Applicant,
    Application,
    Appointment,
    Assignment,
    Campaign,
    CampaignCategory,
    Category,
    Consultation,
    ConsultedBody,
    Document,
    Indicator,
    IndicatorSet,
    NegativeItem,
    Post,
    PublicNotice,
    Quota,
    Score,
    Title,
    TitleEvent,
    Unit,
    Upload,
    User,
)
from workflow.office.following import follow_rule

UNITS = {"unit1": "省交通运输厅", "unit2": "省农业农村厅", "unit3": "省示范学院"}
BODIES = {"body1": "省直示范工委", "body2": "省示范教育工委"}
RECOMMENDED_BY = {"unit1": "body1", "unit2": "body2"}
EXPERTS = ("expert1", "expert2", "expert3")
METHODS = ("material", "site", "survey")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n"

# code, points in hundredths, methods, evidence must be handed in
LEAVES = (
    ("1.1", 2000, ["material"], True),
    ("1.2", 3000, ["material", "site"], False),
    ("2.1", 1500, ["site"], False),
    ("2.2", 3500, ["material", "survey"], True),
)


def open_campaign(desk: Desk, **changes: Any) -> str:
    """Write a campaign that is open from yesterday on for a week, and return its public id.

    changes: of the campaign's columns; `quotas` ({account of the body: number}) and `bodies` (who is
    consulted) besides.
    """
    quotas, bodies = changes.pop("quotas", {}), changes.pop("bodies", ("省信用办",))
    with write_tx() as session:
        people = _people(session)
        set_id = _indicators(session)
        campaign = Campaign(**_columns(session, desk.id("clerk")) | changes)
        session.add(campaign)
        session.flush()
        for place, category in enumerate(("unit", "campus")):
            session.add(
                CampaignCategory(
                    campaign_id=campaign.id,
                    category=category,
                    set_id=set_id,
                    places=None,
                    eligibility=[],
                    position=place,
                )
            )
        for place, name in enumerate(bodies):
            session.add(ConsultedBody(campaign_id=campaign.id, name=name, about="", position=place))
        session.add(
            NegativeItem(
                campaign_id=campaign.id,
                code="safety",
                text="发生较大以上安全生产责任事故",
                months=24,
                source="应急管理部门",
                evidence="事故调查报告",
                barred=2,
                position=0,
            )
        )
        for account, number in quotas.items():
            unit_id = people[account]
            session.add(Quota(campaign_id=campaign.id, recommender_id=unit_id, category="", number=number))
        return campaign.public_id


def _columns(session: Session, clerk: int) -> dict[str, Any]:
    now = clock.now()
    return {
        "public_id": secrets.token_hex(8),
        "kind": "creation",
        "level": "own",
        "title": f"示范创建评选 {secrets.token_hex(2)}",
        "year": 2026,
        "term": "2026—2028届",
        "term_from": date(2026, 1, 1),
        "term_until": date(2028, 12, 31),
        "agency_id": session.scalars(select(Agency.id).where(Agency.code == "wmw")).one(),
        "conferral_type": "决定",
        "opens_at": clock.stamp(now - timedelta(days=1)),
        "closes_at": clock.stamp(now + timedelta(days=7)),
        "late_rule": "refuse",
        "grace_minutes": 0,
        "correction_days": 5,
        "notice_days": 5,
        "notice_unit": "working",
        "methods": list(METHODS),
        "assessors_each": 2,
        "aggregation": {},
        "gap": 1000,
        "created_by": clerk,
        "created_at": clock.stamp(now),
        "announced_at": clock.stamp(now - timedelta(days=1)),
    }


def _people(session: Session) -> dict[str, int]:
    """Enter whoever is not there yet; return the unit of each account outside the office."""
    password = session.scalars(select(User.password_hash).where(User.username == "unit1")).one()
    units = {
        account: _unit(session, name, password, account, "applicant" if account in UNITS else "recommender")
        for account, name in (BODIES | UNITS).items()
    }
    for account in UNITS:
        body = RECOMMENDED_BY.get(account)
        row = session.get(Applicant, units[account]) or Applicant(unit_id=units[account], nature="机关")
        row.credit_code = f"1141000000000{account[-1]}00XX"
        row.recommender_id = units[body] if body else None
        session.add(row)
    _unit(session, "评审专家组", password, "expert3", "expert")
    for code, name in (("unit", "文明单位"), ("campus", "文明校园")):
        if session.get(Category, code) is None:
            session.add(Category(code=code, name=name, position=0))
    session.flush()
    return units


def _unit(session: Session, name: str, password: str, account: str, code: str) -> int:
    unit = session.scalars(select(Unit).where(Unit.name == name)).first()
    if unit is None:
        unit = Unit(name=name, internal=False, agency_id=None, position=100)
        session.add(unit)
        session.flush()
    if session.scalars(select(User.id).where(User.username == account)).first() is None:
        user = User(username=account, name=f"{name}联络员", password_hash=password, active=True)
        post = Post(code=code, unit_id=unit.id, title=f"{name}联络员")
        session.add_all([user, post])
        session.flush()
        session.add(Appointment(post_id=post.id, user_id=user.id))
    return unit.id


def _indicators(session: Session) -> int:
    known = session.scalars(select(IndicatorSet.id).where(IndicatorSet.code == "small")).first()
    if known is not None:
        return known
    set_ = IndicatorSet(code="small", version=1, name="示范测评体系", fixed_at=clock.stamp())
    session.add(set_)
    session.flush()
    parents = {}
    for place, (code, points, methods, evidence) in enumerate(LEAVES):
        branch = code.partition(".")[0]
        if branch not in parents:
            parents[branch] = _node(session, set_.id, None, branch, 5000, [], evidence=False, position=place)
        _node(session, set_.id, parents[branch], code, points, methods, evidence=evidence, position=place)
    return set_.id


def _node(
    session: Session,
    set_id: int,
    parent: int | None,
    code: str,
    points: int,
    methods: list[str],
    *,
    evidence: bool,
    position: int,
) -> int:
    node = Indicator(
        set_id=set_id,
        parent_id=parent,
        code=code,
        text=f"测评内容{code}",
        points=points,
        methods=methods,
        words=500,
        evidence=evidence,
        position=position,
    )
    session.add(node)
    session.flush()
    return node.id


def send_in(desk: Desk, who: str, name: str = "佐证.pdf", data: bytes = PDF) -> dict[str, Any]:
    """Keep a file as if an account had sent it in; return how a content refers to it."""
    with write_tx() as session:
        sha256 = archive.put(session, data)
        key = (sha256, desk.id(who), name)
        if session.get(Upload, key) is None:
            row = {"kind": name.rpartition(".")[2], "at": clock.stamp()}
            session.add(Upload(sha256=sha256, user_id=key[1], name=name, **row))
    return {"sha256": sha256, "name": name, "size": len(data)}


def content(campaign: str, category: str = "unit", **changes: Any) -> dict[str, Any]:
    """Return an application's content with nothing in it but the unit's own words."""
    unit = {
        "legal_person": "主要负责人甲",
        "in_charge": "分管负责人乙",
        "staff": 120,
        "members": 80,
        "address": "示范路1号",
        "contact": "联络员丙",
        "phone": "0371-60000000",
    }
    return {
        "campaign": campaign,
        "category": category,
        "unit": unit,
        "overview": "创建工作常抓不懈。",
        "practice": "抓学习，抓服务，抓环境。",
    } | changes


def complete(desk: Desk, campaign: str, who: str = "unit1", category: str = "unit") -> dict[str, Any]:
    """Return a content that lacks nothing, its files sent in by the unit's account."""
    file = send_in(desk, who)
    answers = [
        {
            "indicator": code,
            "points": points - 100,
            "statement": f"{code} 已落实。",
            "evidence": [file] if evidence else [],
        }
        for code, points, _, evidence in LEAVES
    ]
    form = send_in(desk, who, "申报表.pdf", PDF + b"%signed\n")
    return content(campaign, category, pledged=True, answers=answers, signed_form=form)


def assign(desk: Desk, document: str, who: str, method: str) -> None:
    """Give an application to an assessor who begins with no score."""
    with write_tx() as session:
        session.add(
            Assignment(
                document_id=_id(session, document),
                user_id=desk.id(who),
                method=method,
                by_id=desk.id("clerk"),
                at=clock.stamp(),
            )
        )


def hand_on(document: str) -> None:
    """Let an application wait for just those to whom it is assigned at its stage."""
    with write_tx() as session:
        follow_rule(session, [_id(session, document)])


def give_points(desk: Desk, document: str, who: str, method: str, off: int = 0) -> None:
    """Let an assessor give every indicator of a method its points, less so many hundredths."""
    with write_tx() as session:
        assignment = session.scalars(
            select(Assignment.id).where(
                Assignment.document_id == _id(session, document),
                Assignment.user_id == desk.id(who),
                Assignment.method == method,
            )
        ).one()
        of_this = select(IndicatorSet.id).where(IndicatorSet.code == "small")
        leaves = (Indicator.parent_id.is_not(None), Indicator.set_id.in_(of_this))
        for node in session.scalars(select(Indicator).where(*leaves)):
            if method in node.methods:
                reason = "略有不足" if off else ""
                session.merge(
                    Score(
                        assignment_id=assignment,
                        indicator_id=node.id,
                        points=node.points - off,
                        reason=reason,
                        at=clock.stamp(),
                    )
                )


def reply(desk: Desk, campaign: str, body: str = "省信用办") -> None:
    """Enter that a consulted body has nothing to object to, unless it has replied."""
    with write_tx() as session:
        campaign_id = _campaign(session, campaign)
        of_body = (Consultation.campaign_id == campaign_id, Consultation.body == body)
        if session.scalars(select(Consultation.id).where(*of_body)).first() is None:
            day = clock.today()
            row = {"campaign_id": campaign_id, "body": body, "due_on": day}
            session.add(Consultation(**row, reply="none", replied_on=day))


def freeze(campaign: str) -> None:
    """Freeze the campaign's scores."""
    with write_tx() as session:
        of_this = Campaign.public_id == campaign
        session.execute(update(Campaign).where(of_this).values(frozen_at=clock.stamp()))


def make_public(desk: Desk, campaign: str, document: str, first: date, last: date) -> None:
    """Put an application on a public notice from one day to another."""
    with write_tx() as session:
        session.add(
            PublicNotice(
                public_id=secrets.token_hex(8),
                campaign_id=_campaign(session, campaign),
                title="公示",
                text="现予公示。",
                contact="0371-60000001",
                listed=[{"application": document}],
                first_day=first,
                last_day=last,
                days=5,
                unit="working",
                by_id=desk.id("clerk"),
                at=clock.stamp(),
            )
        )


def let_amendment_pass(document: str) -> None:
    """Let the time for the correction that was asked for be over."""
    with write_tx() as session:
        of_this = Amendment.document_id == _id(session, document)
        session.execute(update(Amendment).where(of_this).values(due_at=clock.stamp(later(minutes=-1))))


def bring_into_force(document: str) -> None:
    """Enter the title to which an application has led."""
    with write_tx() as session:
        row = session.get_one(Application, _id(session, document))
        title = Title(
            unit_id=row.unit_id,
            holder="示范单位",
            category=row.category,
            level="own",
            term="2026—2028届",
            application_id=row.document_id,
            number="豫直文明委〔2026〕1号",
            since=date(2026, 1, 1),
            until=date(2028, 12, 31),
            state="valid",
        )
        session.add(title)
        session.flush()
        event = TitleEvent(title_id=title.id, kind="confer", on=title.since, at=clock.stamp())
        session.add(event)


def application(document: str) -> Application:
    """Return an application's own row."""
    with read_tx() as session:
        return session.get_one(Application, _id(session, document))


def later(**by: float) -> datetime:
    """Return a moment after the present one."""
    return clock.now() + timedelta(**by)


def _id(session: Session, document: str) -> int:
    return session.scalars(select(Document.id).where(Document.public_id == document)).one()


def _campaign(session: Session, campaign: str) -> int:
    return session.scalars(select(Campaign.id).where(Campaign.public_id == campaign)).one()
