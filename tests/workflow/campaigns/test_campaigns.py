"""Campaigns: made from a sheet, copied from last year's, announced, put off, concluded."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.workflow.campaigns.setting_up import announced, campaign, set_id, sheet
from tests.workflow.desk import Desk, at
from workflow import clock
from workflow.campaigns import announcing, first_lists, lists, making, offering, overview, reading
from workflow.errors import ContentError, NotAllowed, NotFound, NotReady
from workflow.installation import read_tx, write_tx
from workflow.models import Campaign, Category, IndicatorSet, OfficeChange, Post, Unit


@pytest.fixture(autouse=True)
def in_february() -> Iterator[None]:
    with clock.held_at(at(2026, 2, 10)):
        yield


def found(public_id: str) -> Campaign:
    with read_tx() as session:
        return session.scalars(select(Campaign).where(Campaign.public_id == public_id)).one()


def shown(public_id: str) -> overview.Sheet:
    with read_tx() as session:
        return overview.sheet(session, public_id)


def noted(count: int) -> list[str]:
    with read_tx() as session:
        rows = session.scalars(select(OfficeChange).order_by(OfficeChange.id.desc()).limit(count))
        return [row.action for row in rows][::-1]


def refused(act: Callable[..., object], *given: Any) -> str:
    with pytest.raises(NotReady) as refusal:
        act(*given)
    return "\n".join(map(str, refusal.value.reasons))


def problems(act: Callable[..., object], *given: Any) -> dict[str, str]:
    with pytest.raises(ContentError) as refusal:
        act(*given)
    return {problem.where: problem.message % problem.params for problem in refusal.value.problems}


def test_the_first_lists_come_in_once_and_what_the_office_has_stays(desk: Desk) -> None:
    clerk = desk.id("clerk")
    assert first_lists.take_over(clerk) == 11 + 9 + 10 + 4
    assert first_lists.take_over(clerk) == 0
    with read_tx() as session:
        assert [one.code for one in lists.categories(session)][:4] == [
            "unit",
            "model_unit",
            "campus",
            "family",
        ]
        fraud = lists.negative_items(session, None)[-1]
        assert (fraud.code, fraud.barred, fraud.months) == ("fraud", 3, None)
        assert len(lists.bodies(session, None)) == 10
    lists.set_category(clerk, "village", {"name": "文明村", "position": "3", "active": ""})
    assert first_lists.take_over(clerk) == 0
    with read_tx() as session:
        assert "village" not in [one.code for one in lists.categories(session)]
        assert [one.name for one in lists.categories(session, retired=True)][2:4] == ["文明校园", "文明村"]


def test_a_campaign_is_its_sheet_with_the_office_s_own_lists(desk: Desk) -> None:
    public_id = campaign(desk)
    one, page = found(public_id), shown(public_id)
    assert (one.opens_at, one.closes_at) == ("2026-03-01T01:00:00.000000Z", "2026-04-30T10:00:00.000000Z")
    weights = {"material": 60, "site": 30, "survey": 10}
    rule = {"methods": weights, "within": "drop_extremes", "at_least": 3, "veto": True}
    assert (one.aggregation, one.gap, one.methods) == (rule, 1250, list(weights))
    assert (page.standing, page.agency, len(page.bodies), len(page.negative)) == ("made", "省直文明委", 10, 9)
    assert [(offer.name, offer.row.places, offer.set.version) for offer in page.offers] == [
        ("文明单位", 20, 1)
    ]
    assert page.offers[0].row.eligibility == first_lists.usual_rules("unit")
    assert (page.missing, page.counts) == ([], [])
    with read_tx() as session:
        again = reading.read_campaign(session, reading.written(session, one))
    assert {name: getattr(one, name) for name in again} == again
    assert noted(2) == ["campaign_made", "campaign_category_set"]


WRONG = {
    "title": ("", "This must not be empty."),
    "kind": ("election", "Choose one of those that are offered."),
    "year": ("26", "This must be a whole number from 2000 to 2100."),
    "agency": ("nobody", "Choose one of those that are offered."),
    "term_until": ("2025-12-31", "The term ends before it begins."),
    "opens": ("2026-03-01", "This must be a date and a time such as 2026-03-01 09:00."),
    "conferral_type": ("请示", "At this level it is one of 决定、通知、通报."),
    "grace_minutes": ("0", "This must be a whole number from 1 to 1440."),
    "correction_days": ("0", "This must be a whole number from 1 to 60."),
    "notice_days": ("-1", "This must be a whole number from 0 to 60."),
    "methods": (["material", "site"], "The weights of the methods come to 100 together."),
    "assessors_each": ("0", "This must be a whole number from 1 to 30."),
    "gap": ("1.555", "These must be points from 0 to 100, with two decimals at most."),
}


def test_everything_that_is_wrong_with_a_sheet_is_told_at_once(desk: Desk) -> None:
    given = sheet(**{name: value for name, (value, _) in WRONG.items()})
    assert problems(making.make, desk.id("clerk"), given) == {name: why for name, (_, why) in WRONG.items()}


SINGLE: list[tuple[dict[str, Any], str, str]] = [
    ({"closes": "2026-03-01T09:00"}, "closes", "It closes before it opens."),
    ({"level": "national"}, "conferral_type", "At this level it is one of 请示、报告."),
    ({"methods": []}, "methods", "Choose one method at least."),
]


def test_what_does_not_go_together_is_refused(desk: Desk) -> None:
    for changes, where, why in SINGLE:
        assert problems(making.make, desk.id("clerk"), sheet(**changes)) == {where: why}
    one = found(making.make(desk.id("clerk"), sheet(late_rule="refuse", grace_minutes="30")))
    assert (one.late_rule, one.grace_minutes) == ("refuse", 0)


OTHERS = ("drafter", "signatory", "deputy", "auditor", "unit1", "expert1", "admin")


def test_only_the_office_clerk_sets_campaigns_up(desk: Desk) -> None:
    public_id = campaign(desk)
    before = desk.fingerprint()
    acts: list[tuple[Callable[..., object], tuple[Any, ...]]] = [
        (first_lists.take_over, ()),
        (making.make, (sheet(),)),
        (making.change, (public_id, sheet())),
        (making.copy, (public_id,)),
        (making.drop, (public_id,)),
        (announcing.announce, (public_id,)),
        (announcing.extend, (public_id, {})),
        (announcing.conclude, (public_id,)),
        (offering.offer, (public_id, "unit", {})),
        (offering.withdraw, (public_id, "unit")),
        (offering.set_quota, (public_id, {})),
        (lists.set_category, ("unit", {})),
        (lists.put, ("negative", public_id, 0, {})),
        (lists.take_off, ("consulted", public_id, 1)),
    ]
    for who in OTHERS:
        for act, given in acts:
            with pytest.raises(NotAllowed):
                act(desk.id(who), *given)
    assert desk.fingerprint() == before


def test_what_may_no_longer_change_after_the_announcement_is_refused_with_the_reason(desk: Desk) -> None:
    clerk, public_id = desk.id("clerk"), announced(desk)
    before = desk.fingerprint()
    for act, given in (
        (making.change, (public_id, sheet(title="另一个题目"))),
        (making.drop, (public_id,)),
        (announcing.announce, (public_id,)),
        (offering.offer, (public_id, "campus", {"set": str(set_id("campus"))})),
        (offering.withdraw, (public_id, "unit")),
        (offering.set_quota, (public_id, {})),
        (lists.put, ("negative", public_id, 0, {})),
    ):
        assert "announced on 2026-02-10: its rules stand" in refused(act, clerk, *given)
    assert desk.fingerprint() == before
    lists.put(clerk, "consulted", public_id, 0, {"name": "医疗保障部门", "about": "骗保情况"})
    assert len(shown(public_id).bodies) == 11
    with write_tx() as session:
        session.get_one(Campaign, found(public_id).id).frozen_at = clock.stamp()
    told = refused(lists.put, clerk, "consulted", public_id, 0, {"name": "海关"})
    assert told == "Its scores are frozen: it takes no applications any more"


def test_the_announcement_fixes_the_sets_and_says_all_that_is_missing(desk: Desk) -> None:
    clerk = desk.id("clerk")
    empty = making.make(clerk, sheet(closes="2026-02-01T09:00", opens="2026-01-01T09:00"))
    assert refused(announcing.announce, clerk, empty).splitlines() == [
        "Its closing is over already",
        "It offers no category yet",
    ]
    public_id = campaign(desk, methods=["material"], weight_material="100")
    lists.set_category(clerk, "unit", {"name": "文明单位", "active": ""})
    told = refused(announcing.announce, clerk, public_id)
    assert "The category 文明单位 is no longer used" in told
    assert "文明单位测评体系 v1: none of the campaign's methods judges A2.2、B2.3" in told
    lists.set_category(clerk, "unit", {"name": "文明单位", "active": "yes"})
    making.change(clerk, public_id, sheet())
    announcing.announce(clerk, public_id)
    with read_tx() as session:
        rows = session.execute(select(IndicatorSet.code, IndicatorSet.fixed_at))
        fixed = {row.code: row.fixed_at for row in rows}
    assert fixed["unit"] == found(public_id).announced_at
    assert fixed["campus"] is None
    assert shown(public_id).standing == "announced"


def test_the_closing_is_put_off_with_a_reason_and_never_brought_forward(desk: Desk) -> None:
    clerk, public_id = desk.id("clerk"), campaign(desk)
    later = {"closes": "2026-05-10T18:00", "reason": "系统维护一日"}
    assert "not announced yet" in refused(announcing.extend, clerk, public_id, later)
    announcing.announce(clerk, public_id)
    assert problems(announcing.extend, clerk, public_id, {"closes": "2026-04-30T17:59", "reason": " "}) == {
        "closes": "Once announced, the closing can only be put off, never brought forward.",
        "reason": "This must not be empty.",
    }
    announcing.extend(clerk, public_id, later)
    (one,) = shown(public_id).extensions
    assert (one.reason, one.by) == ("系统维护一日", "文秘")
    assert (one.before, one.after) == ("2026-04-30T10:00:00.000000Z", found(public_id).closes_at)
    with clock.held_at(at(2026, 5, 20)):
        assert shown(public_id).standing == "closed"
        passed = {"closes": "2026-05-15T18:00", "reason": "补报"}
        assert problems(announcing.extend, clerk, public_id, passed) == {
            "closes": "This moment is over already."
        }
        announcing.extend(clerk, public_id, {"closes": "2026-05-25T18:00", "reason": "补报"})
        assert shown(public_id).standing == "open"


def test_last_year_s_campaign_is_copied_in_one_act_with_its_dates_a_year_later(desk_on_both: Desk) -> None:
    desk, clerk = desk_on_both, desk_on_both.id("clerk")
    source = campaign(desk, term_from="2024-02-29", closes="2026-06-30T18:00")
    body = recommending(desk)
    offering.set_quota(clerk, source, {"recommender": str(body), "category": "unit", "number": "3"})
    lists.put(
        clerk, "negative", source, 0, {"code": "x", "text": "某项", "source": "某厅", "evidence": "文件"}
    )
    announcing.announce(clerk, source)
    copied = making.copy(clerk, source)
    one, page, before = found(copied), shown(copied), shown(source)
    assert (one.title, one.term, one.year) == ("2027年度省直文明单位申报", "2027—2029年度", 2027)
    assert (one.term_from, one.term_until) == (date(2025, 2, 28), date(2029, 12, 31))
    assert (one.opens_at, one.closes_at) == ("2027-03-01T01:00:00.000000Z", "2027-06-30T10:00:00.000000Z")
    assert (one.announced_at, one.after_id, page.standing) == (None, before.campaign.id, "made")
    assert (page.offers[0].set.id, page.offers[0].row.eligibility) == (
        before.offers[0].set.id,
        before.offers[0].row.eligibility,
    )
    assert [(quota.number, name) for quota, name in page.quotas] == [(3, "省交通运输厅")]
    assert [item.code for item in page.negative] == [item.code for item in before.negative]
    assert [body.name for body in page.bodies] == [body.name for body in before.bodies]
    assert making.a_year_later(date(2024, 2, 29)) == date(2025, 2, 28)
    making.drop(clerk, copied)
    with pytest.raises(NotFound):
        shown(copied)


def recommending(desk: Desk) -> int:
    """Give a unit outside the post of those who recommend; return its id."""
    with write_tx() as session:
        unit = session.scalars(select(Unit).where(Unit.name == "省交通运输厅")).one()
        session.add(Post(code="recommender", unit_id=unit.id, title="主管部门经办人"))
        return unit.id


def test_quotas_are_set_changed_and_taken_away(desk: Desk) -> None:
    clerk, public_id, body = desk.id("clerk"), campaign(desk), recommending(desk)
    assert set(problems(offering.set_quota, clerk, public_id, {"category": "family"})) == {
        "recommender",
        "category",
        "number",
    }
    for number, left in (("5", [5]), ("0", [0]), ("", [])):
        offering.set_quota(clerk, public_id, {"recommender": str(body), "category": "", "number": number})
        assert [quota.number for quota, _ in shown(public_id).quotas] == left


WRONG_RULES: list[tuple[dict[str, Any], str]] = [
    ({"rule": "is_nice"}, "eligibility"),
    ({"rule": "staff_at_least", "number": "many"}, "staff_at_least.number"),
    ({"rule": "holds_title", "level": "own", "category": "knight", "years": 2}, "holds_title.category"),
    ({"rule": "holds_title", "level": "cosmic", "category": "unit", "years": 2}, "holds_title.level"),
    ({"rule": "unit_nature_in", "natures": []}, "unit_nature_in.natures"),
    ({"rule": "unit_nature_in", "natures": ["帝国"]}, "unit_nature_in.natures"),
]


def test_rules_of_who_may_apply_are_known_ones_with_their_parameters(desk: Desk) -> None:
    clerk, public_id = desk.id("clerk"), campaign(desk)
    for rule, where in WRONG_RULES:
        given = {"set": str(set_id()), "eligibility": [rule, {"rule": "not_barred"}]}
        assert next(iter(problems(offering.offer, clerk, public_id, "unit", given))) == where
    title = {"rule": "holds_title", "level": "own", "category": "unit", "years": "2"}
    given = {"set": str(set_id()), "places": "", "eligibility": [title]}
    offering.offer(clerk, public_id, "model_unit", given)
    row = shown(public_id).offers[1].row
    assert (row.places, row.eligibility) == (None, [title | {"years": 2}])
    twice = {"set": str(set_id()), "eligibility": [{"rule": "not_barred"}] * 2}
    assert "eligibility" in problems(offering.offer, clerk, public_id, "unit", twice)
    offering.withdraw(clerk, public_id, "model_unit")
    assert len(shown(public_id).offers) == 1


def test_a_list_names_nothing_twice_and_each_campaign_has_its_own(desk: Desk) -> None:
    clerk, public_id = desk.id("clerk"), campaign(desk)
    item = {"code": "fraud", "text": "某项", "source": "某厅", "evidence": "文件"}
    assert problems(lists.put, clerk, "negative", public_id, 0, item) == {
        "code": "fraud is in the list already."
    }
    assert "name" in problems(lists.put, clerk, "consulted", "", 0, {"name": "公安机关"})
    kept = shown(public_id).negative[0]
    changed = {"text": "改写", "months": "6", "source": "某厅", "evidence": "文件", "barred": ""}
    lists.put(clerk, "negative", public_id, kept.id, changed)
    assert (shown(public_id).negative[0].text, shown(public_id).negative[0].months) == ("改写", 6)
    with read_tx() as session:
        own = lists.negative_items(session, None)[0]
        assert own.text.startswith("主要负责人")
    with pytest.raises(NotFound):
        lists.take_off(clerk, "negative", public_id, own.id)
    lists.take_off(clerk, "negative", public_id, kept.id)
    assert len(shown(public_id).negative) == 8
    assert set(problems(lists.set_category, clerk, "", {"code": "unit", "name": "文明单位"})) == {
        "code",
        "name",
    }
    assert lists.set_category(clerk, "", {"code": "courtyard", "name": "文明楼院"}) == "courtyard"
    with read_tx() as session:
        assert session.get_one(Category, "courtyard").active


def test_a_campaign_is_concluded_once_it_has_closed(desk: Desk) -> None:
    clerk, public_id = desk.id("clerk"), announced(desk)
    assert refused(announcing.conclude, clerk, public_id) == "It has not closed yet"
    with clock.held_at(at(2026, 5, 1)):
        announcing.conclude(clerk, public_id)
        assert shown(public_id).standing == "concluded"
        assert refused(announcing.conclude, clerk, public_id) == "It is concluded already"
    assert noted(1) == ["campaign_concluded"]
