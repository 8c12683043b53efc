"""What befalls a title is appended, and the title says what follows from it on the day."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from tests.workflow.applications.campaign import open_campaign
from tests.workflow.desk import Desk
from workflow import clock
from workflow.errors import NotAllowed, NotReady
from workflow.installation import read_tx, write_tx
from workflow.models import Title, Unit
from workflow.titles import events
from workflow.titles.events import Happening

TODAY = date(2026, 11, 20)
LATER = TODAY + timedelta(7)


@dataclass(frozen=True)
class Event:
    id: int
    kind: str
    document_id: int | None = None
    undoes_id: int | None = None
    on: date = TODAY


CONFERRED = Event(1, "confer", 10)
CASES = {
    "conferred": ([CONFERRED], "valid", 10),
    "reminded": ([CONFERRED, Event(2, "remind")], "valid", 10),
    "suspended": ([CONFERRED, Event(2, "suspend", 11)], "suspended", 10),
    "restored": ([CONFERRED, Event(2, "suspend"), Event(3, "restore")], "valid", 10),
    "revoked": ([CONFERRED, Event(2, "revoke", 11)], "revoked", 10),
    "not yet terminated": ([CONFERRED, Event(2, "terminate", 11, on=LATER)], "valid", 10),
    "void": ([CONFERRED, Event(2, "void", 11)], "revoked", 10),
    "void while suspended": ([CONFERRED, Event(2, "suspend"), Event(3, "void", 11)], "revoked", 10),
    "terminated, then void": ([CONFERRED, Event(2, "terminate", 11), Event(3, "void", 12)], "revoked", 10),
    "revived": ([CONFERRED, Event(2, "void", 11), Event(3, "revive", 12, 2)], "valid", 10),
    "revived as it was": (
        [CONFERRED, Event(2, "suspend"), Event(3, "void", 11), Event(4, "revive", 12, 3)],
        "suspended",
        10,
    ),
    "revived for nothing": (
        [CONFERRED, Event(2, "void", 11), Event(3, "revive", 12, 2), Event(4, "void", 13, 3)],
        "revoked",
        10,
    ),
    "undone out of turn": (
        [CONFERRED, Event(2, "terminate", 11), Event(3, "void", 12), Event(4, "revive", 13, 2)],
        "revoked",
        10,
    ),
    "conferred anew": ([CONFERRED, Event(2, "replace", 11)], "valid", 11),
    "not conferred anew": ([CONFERRED, Event(2, "replace", 11), Event(3, "revive", 12, 2)], "valid", 10),
}


@pytest.mark.parametrize("case", CASES)
def test_a_title_stands_as_its_events_say(case: str) -> None:
    happened, state, document = CASES[case]
    assert events.standing(happened, TODAY) == (state, document)


def test_what_is_to_be_on_a_later_day_counts_from_that_day() -> None:
    happened = [CONFERRED, Event(2, "terminate", 11, on=LATER)]
    found = [events.standing(happened, LATER + timedelta(days))[0] for days in (-1, 0, 1)]
    assert found == ["valid", "terminated", "terminated"]


def held(desk: Desk) -> int:
    """Enter a title as one from before the system."""
    open_campaign(desk)
    with write_tx() as session:
        unit = session.query(Unit).filter(Unit.name == "省交通运输厅").one()
        title = Title(
            unit_id=unit.id,
            holder=unit.name,
            category="unit",
            level="own",
            term="2023—2025届",
            number="豫直文明委〔2023〕9号",
            since=date(2023, 1, 1),
            until=date(2028, 12, 31),
            state="valid",
        )
        session.add(title)
        session.flush()
        return title.id


def befall(desk: Desk, title: int, kind: str, who: str | None = "clerk") -> str:
    with write_tx() as session:
        by = desk.person(who) if who else None
        events.append(session, [title], Happening(kind, clock.today(), "试行"), by)
    with read_tx() as session:
        return session.get_one(Title, title).state


def test_only_what_can_befall_a_title_in_its_state_is_appended(desk_on_both: Desk) -> None:
    desk = desk_on_both
    title = held(desk)
    assert [befall(desk, title, kind) for kind in ("confer", "warn", "suspend")] == [
        "valid", "valid", "suspended",
    ]  # fmt: skip
    with pytest.raises(NotReady) as refused:
        befall(desk, title, "suspend")
    assert "省交通运输厅" in str(refused.value.reasons[0])
    assert befall(desk, title, "restore") == "valid"
    assert befall(desk, title, "expire", None) == "expired"
    with read_tx() as session:
        kinds = [event.kind for event in events.of_titles(session, [title])[title]]
    assert kinds == ["confer", "warn", "suspend", "restore", "expire"]


@pytest.mark.parametrize("who", ["drafter", "registrar", "signatory", "unit1", "admin"])
def test_by_hand_the_office_clerk_alone_changes_a_title(desk: Desk, who: str) -> None:
    title = held(desk)
    with pytest.raises(NotAllowed):
        befall(desk, title, "revoke", who)
