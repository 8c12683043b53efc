"""Two people at once: one application a unit and category, and the last place is taken once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.workflow.applications.campaign import complete, open_campaign
from tests.workflow.applications.walking import begin
from tests.workflow.desk import Desk
from workflow import engine
from workflow.errors import NotReady


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do all at the same moment; return "" for each that was done, and why the others were not."""
    barrier = Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        barrier.wait()
        try:
            act()
        except NotReady as refusal:
            return str(refusal)
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))


def test_two_accounts_of_a_unit_begin_one_application(desk_on_both: Desk) -> None:
    desk = desk_on_both
    campaign = open_campaign(desk)
    desk.dismiss("unit3", "applicant")
    desk.appoint("unit3", "applicant")  # the first such post: that of unit1's unit
    data = complete(desk, campaign)
    first, second = desk.id("unit1"), desk.id("unit3")
    done, why = at_once(
        lambda: engine.draft(first, "application", data), lambda: engine.draft(second, "application", data)
    )
    assert (done, "already" in why) == ("", True)
    assert desk.findings() == []


def test_the_last_place_is_taken_once(desk_on_both: Desk) -> None:
    desk = desk_on_both
    campaign = open_campaign(desk, quotas={"body1": 1})
    one = begin(desk, campaign)
    other = engine.draft(
        desk.id("unit1"), "application", complete(desk, campaign, category="campus")
    ).document
    for document in (one, other):
        desk.take(document, "unit1", "submit")
    done, why = at_once(
        lambda: desk.take(one, "body1", "recommend"), lambda: desk.take(other, "body1", "recommend")
    )
    assert (done, "All places" in why) == ("", True)
    assert sorted([desk.state(one), desk.state(other)]) == ["qualification", "recommendation"]
    assert desk.findings() == []
