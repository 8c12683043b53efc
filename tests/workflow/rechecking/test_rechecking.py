"""A recheck: those who hold a title report, what becomes of each is a numbered document, and takes effect."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from tests.workflow.applications.campaign import content, open_campaign
from tests.workflow.desk import Desk
from tests.workflow.titles.holding import befallen, held, title
from workflow import clock, engine
from workflow.applications.eligibility import check
from workflow.campaigns import announcing
from workflow.campaigns.finding import find
from workflow.conferring import concluding
from workflow.contents import parse
from workflow.errors import NotAllowed, NotReady
from workflow.installation import read_tx, write_tx
from workflow.models import Application, Campaign, Conferral, Document, Revision, Unit
from workflow.rechecking import beginning, drafting, outcome
from workflow.titles import events, ladder
from workflow.titles.events import Happening

TERM = "2026—2028届"
UNITS = {"unit1": "省交通运输厅", "unit2": "省农业农村厅", "unit3": "省示范学院"}


def moment(days: int) -> str:
    return (clock.now() + timedelta(days)).astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M")


def given(**changes: Any) -> dict[str, Any]:
    usual = {"title": "2026年度文明单位复查", "year": "2026", "unfiled": "terminate"}
    return usual | {"opens": moment(0), "closes": moment(20)} | changes


@pytest.fixture
def titles(desk: Desk) -> dict[str, int]:
    """Return the titles of three units, by account, and let a campaign be there that conferred them."""
    open_campaign(desk)
    until = clock.today() + timedelta(400)
    return {who: title(desk, name, term=TERM, until=until) for who, name in UNITS.items()}


def source() -> str:
    with read_tx() as session:
        return session.scalars(select(Campaign.public_id).where(Campaign.kind == "creation")).one()


def begun(desk: Desk, **changes: Any) -> str:
    """Begin a recheck and open it."""
    recheck = beginning.start(desk.id("clerk"), source(), given(**changes))
    with write_tx() as session:
        early = clock.stamp(clock.now() - timedelta(1))
        now = {"announced_at": early, "opens_at": early}
        session.execute(update(Campaign).where(Campaign.public_id == recheck).values(now))
    return recheck


def report(desk: Desk, recheck: str, who: str, decision: str, reason: str = "") -> str:
    """Hand in a report, decided on as if it had gone through all before."""
    document = engine.draft(desk.id(who), "application", content(recheck)).document
    with write_tx() as session:
        row = session.scalars(select(Document).where(Document.public_id == document)).one()
        row.state, row.submitted_at = "conferral", row.created_at
        application = session.get_one(Application, row.id)
        application.submitted_at = row.created_at
        application.decision, application.decision_reason = decision, reason
    return document


def close(recheck: str) -> None:
    with write_tx() as session:
        over = clock.stamp(clock.now() - timedelta(hours=1))
        session.execute(update(Campaign).where(Campaign.public_id == recheck).values(closes_at=over))


def outcomes(recheck: str) -> list[tuple[str, str]]:
    with read_tx() as session:
        found = outcome.outcomes(session, find(session, recheck))
    return [(one.unit, one.decision) for one in found]


def test_a_recheck_is_made_by_one_act_of_the_campaign_that_conferred(
    desk: Desk, titles: dict[str, int]
) -> None:
    clerk = desk.id("clerk")
    with pytest.raises(NotAllowed):
        beginning.start(desk.id("drafter"), source(), given())
    made = beginning.start(clerk, source(), given())
    with read_tx() as session:
        one = find(session, made)
        assert (one.kind, one.term, one.unfiled, one.conferral_type) == ("recheck", TERM, "terminate", "通报")
        assert announcing.missing(session, one) == []
    with pytest.raises(NotReady, match="This is a recheck itself"):
        beginning.start(clerk, made, given())


def test_only_holders_report_and_what_they_report_on_is_their_title(
    desk: Desk, titles: dict[str, int]
) -> None:
    with write_tx() as session:
        session.execute(update(Unit).where(Unit.name == UNITS["unit3"]).values(position=999))
    recheck = begun(desk)
    document = engine.draft(desk.id("unit1"), "application", content(recheck)).document
    with read_tx() as session:
        row = session.scalars(select(Application).where(Application.title_id == titles["unit1"])).one()
        assert session.get_one(Document, row.document_id).public_id == document
        verdicts = [one.verdict for one in check(session, row.unit_id, find(session, recheck), "campus")]
    assert verdicts == ["unmet"]
    with pytest.raises(NotReady, match="no title that is rechecked"):
        engine.draft(desk.id("unit1"), "application", content(recheck, "campus"))
    assert {decision for _, decision in outcomes(recheck)} == {""}
    close(recheck)
    assert {decision for _, decision in outcomes(recheck)} == {"terminate"}


def test_the_outcome_is_a_numbered_document_and_takes_effect_when_it_is_issued(
    desk: Desk, titles: dict[str, int]
) -> None:
    clerk, recheck = desk.id("clerk"), begun(desk)
    with pytest.raises(NotReady, match="Nothing is decided"):
        drafting.draft(clerk, recheck, {})
    report(desk, recheck, "unit1", "keep")
    report(desk, recheck, "unit2", "suspend", "测评不达标")
    with read_tx() as session:
        found = outcome.outcomes(session, find(session, recheck))
        form = drafting.proposed(find(session, recheck), outcome.decided(found))
    document = drafting.draft(clerk, recheck, form)
    with pytest.raises(NotReady, match="stands in a document already"):
        drafting.draft(clerk, recheck, form)
    close(recheck)  # the third has not handed in anything: the annex is no longer what it comes to
    assert [decision for _, decision in outcomes(recheck)] == ["keep", "suspend", "terminate"]
    assert drafting.renew(clerk, recheck) == document
    desk.bring(document, "issued")
    body = [line for line in annex(document).splitlines() if not line.startswith("| 序号")]
    assert body[::3] == ["一、保留称号（1个）", "二、停牌整改（1个）", "三、称号自动终止（1个）"]
    states = {who: held(one).state for who, one in titles.items()}
    assert states == {"unit1": "valid", "unit2": "suspended", "unit3": "terminated"}
    dated = str(desk.row(document)["dated"])
    assert [befallen(one)[-1] for one in titles.values()] == [
        ("keep", dated),
        ("suspend", dated),
        ("terminate", dated),
    ]
    with read_tx() as session:
        kept = session.scalars(select(Conferral).where(Conferral.act == "change")).one()
    concluding.conclude(str(kept.id), {})
    with read_tx() as session:
        ended = session.scalars(
            select(Document.state).join(Application, Application.document_id == Document.id)
        ).all()
    assert set(ended) == {"conferred"}


def annex(document: str) -> str:
    with read_tx() as session:
        row = session.scalars(select(Document).where(Document.public_id == document)).one()
        of_this = (Revision.document_id == row.id, Revision.n == row.revision)
        text = session.scalars(select(Revision.content).where(*of_this)).one()
        return str(parse("notice", text).attachments[0].body)


def test_a_suspended_title_that_is_kept_is_valid_again(desk: Desk, titles: dict[str, int]) -> None:
    with write_tx() as session:
        what = Happening("suspend", clock.today(), "投诉", due_on=date(2099, 1, 1))
        events.append(session, [titles["unit1"]], what, desk.person("clerk"))
    recheck = begun(desk)
    report(desk, recheck, "unit1", "keep")
    with read_tx() as session:
        form = drafting.proposed(find(session, recheck), outcome.outcomes(session, find(session, recheck)))
    desk.bring(drafting.draft(desk.id("clerk"), recheck, form), "issued")
    assert held(titles["unit1"]).state == "valid"
    with read_tx() as session:
        assert ladder.open_events(session, titles["unit1"]) == []
