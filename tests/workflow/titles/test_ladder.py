"""The ladder on a title: what each rung wants, what it does, and how things are put right."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.workflow.desk import Desk, at
from tests.workflow.titles.holding import UNIT, befallen, held, title, unit_id
from workflow import clock
from workflow.applicants import keeping
from workflow.due_lists import counting, listing
from workflow.errors import ContentError, NotAllowed, NotFound, NotReady
from workflow.installation import read_tx
from workflow.models import Title
from workflow.titles import expiring, ladder

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)
WHY = {"reason": "投诉较多", "due_on": "2026-03-20"}


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with clock.held_at(at(2026, 3, 2)):
        yield


def counts(desk: Desk, who: str = "clerk") -> dict[str, int]:
    with read_tx() as session:
        return counting.counts(session, desk.person(who))


def open_ids(title_id: int) -> list[int]:
    with read_tx() as session:
        return [one.id for one in ladder.open_events(session, title_id)]


def problems(*given: Any) -> dict[str, str]:
    with pytest.raises(ContentError) as refusal:
        ladder.take(*given)
    return {one.where: one.message % one.params for one in refusal.value.problems}


def test_a_title_is_suspended_falls_overdue_is_put_right_and_is_valid_again(desk: Desk) -> None:
    one, clerk = title(desk), desk.id("clerk")
    with pytest.raises(NotReady, match="the file that proves it"):
        ladder.take(clerk, one, "suspend", WHY)
    ladder.take(clerk, one, "suspend", WHY, PNG)
    ladder.take(clerk, one, "remind", {"reason": "年报未交", "due_on": "2026-04-01"})
    assert (held(one).state, counts(desk)) == ("suspended", {"put_right": 2})
    with clock.held_at(at(2026, 3, 21)), read_tx() as session:
        lines = listing.listed(session, desk.person("clerk"), "put_right")
    assert [(line.subject, line.belongs, line.due_on) for line in lines] == [
        (UNIT, "停牌整改", date(2026, 3, 20)),
        (UNIT, "提醒", date(2026, 4, 1)),
    ]
    suspended, reminded = open_ids(one)
    ladder.put_right(clerk, one, suspended, {"righted": "已整改"}, PNG)
    assert (held(one).state, open_ids(one)) == ("valid", [reminded])
    assert befallen(one)[-1] == ("restore", "2026-03-02")
    with pytest.raises(NotReady, match="any more"):
        ladder.put_right(clerk, one, suspended, {"righted": "再次"})
    assert counts(desk) == {"put_right": 1}
    assert counts(desk, "drafter") == counts(desk, "unit1") == {}


def test_a_rung_says_all_that_it_lacks_and_is_for_the_clerk_alone(desk: Desk) -> None:
    one, clerk = title(desk), desk.id("clerk")
    assert problems(clerk, one, "remind", {"due_on": "2026-03-02"}) == {
        "reason": "This must not be empty.",
        "due_on": "This day must lie in the future.",
    }
    assert (
        "No document that is in force"
        in problems(clerk, one, "revoke", {**WHY, "number": "某〔2026〕1号"})["number"]
    )
    with pytest.raises(NotAllowed):
        ladder.take(desk.id("deputy"), one, "remind", WHY)
    for wrong in ((one, "expel"), (one + 1, "remind")):
        with pytest.raises(NotFound):
            ladder.take(clerk, *wrong, WHY)
    assert befallen(one) == [("confer", "2025-12-20")]


def test_a_title_is_revoked_by_a_document_in_force_and_then_climbs_no_more(desk: Desk) -> None:
    one, clerk = title(desk), desk.id("clerk")
    number = desk.row(desk.at("issued"))["number"]
    ladder.take(clerk, one, "revoke", {"reason": "弄虚作假", "number": number})
    assert held(one).state == "revoked"
    assert ladder.open_to(held(one)) == []
    with pytest.raises(NotReady, match="cannot befall it"):
        ladder.take(clerk, one, "remind", WHY)


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        ("valid", ["remind", "warn", "suspend", "revoke"]),
        ("suspended", ["remind", "warn", "revoke"]),
        ("expired", ["revoke"]),
        ("revoked", []),
        ("terminated", []),
    ],
)
def test_what_is_open_to_a_title_follows_from_its_state(state: str, codes: list[str]) -> None:
    assert [rung.code for rung in ladder.open_to(Title(state=state))] == codes


def test_the_days_of_a_rung_are_working_days(desk: Desk) -> None:
    with read_tx() as session:
        remind, revoke = (ladder.rungs()[code] for code in ("remind", "revoke"))
        assert ladder.proposed_day(session, remind) == date(2026, 3, 16)
        assert ladder.proposed_day(session, revoke) is None


def test_titles_expire_once_after_their_last_day_and_are_announced_before(desk: Desk) -> None:
    one, clerk = title(desk, until=date(2026, 8, 29)), desk.id("clerk")
    assert counts(desk) == {"expiring": 1}
    ladder.take(clerk, one, "suspend", WHY, PNG)
    with clock.held_at(at(2026, 8, 29)):
        assert (expiring.expire_due(), held(one).state) == (0, "suspended")
    with clock.held_at(at(2026, 8, 30)):
        assert [expiring.expire_due(), expiring.expire_due()] == [1, 0]
        assert counts(desk) == {}
    assert (held(one).state, befallen(one)[-1]) == ("expired", ("expire", "2026-08-30"))


def test_titles_follow_what_becomes_of_their_holder(desk: Desk) -> None:
    one, clerk = title(desk), desk.id("clerk")
    told = {"name": "省交通厅", "until": "2026-02-28", "reason": "机构改革"}
    keeping.rename(clerk, unit_id(), told)
    assert (held(one).holder, befallen(one)[-1]) == (UNIT, ("rename", "2026-03-01"))
    keeping.end(clerk, unit_id("省交通厅"), {"ended_on": "2026-03-01", "reason": "并入另一单位"})
    assert (held(one).state, befallen(one)[-1]) == ("terminated", ("terminate", "2026-03-01"))
    keeping.take_back_end(clerk, unit_id("省交通厅"))
    assert (held(one).state, befallen(one)[-1]) == ("valid", ("revive", "2026-03-02"))
