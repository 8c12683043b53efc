"""Whoever has nothing to do with a unit finds nothing of it, whatever address they ask.

The statuses are written by hand in `addresses`; an address that is new must be judged there.
"""

from contextlib import closing

import pytest
from werkzeug.test import TestResponse

from tests.web.applications import addresses
from tests.web.applications.applied import Applied
from tests.web.applications.calling import PREFIX, Callers, calls, path_of, written_plainly
from tests.web.applications.spoken import SECRET
from tests.web.stand import changes, sqlite
from tests.workflow.applications.campaign import UNITS

pytestmark = pytest.mark.no_cover  # many tries of what other tests cover; tracing doubles their time

OTHERS = ("unit2", "body2", "expert2", "drafter")
OUTSIDE = OTHERS[:3]
OURS = UNITS["unit1"]
TEXTS = ("text/", "application/json", "application/problem+json")


def test_every_address_with_a_place_stands_in_the_table(applied: Applied) -> None:
    found = {(method, written_plainly(rule)) for method, rule in calls(applied.app) if "<" in rule}
    table = set(addresses.table())
    assert sorted(found - table) == [], "judge these, and write them into the table"
    assert sorted(table - found) == [], "these are gone"
    assert set(addresses.OPEN) <= table


@pytest.mark.parametrize(
    ("who", "every"), [(OTHERS[0], 5), *(pytest.param(one, 1, marks=pytest.mark.long) for one in OTHERS)]
)
def test_what_is_another_units_is_answered_as_the_table_says(applied: Applied, who: str, every: int) -> None:
    applied.at("spoken_of")
    callers, table = Callers(applied, (who,)), addresses.table()
    for method, rule in [call for call in sorted(calls(applied.app)) if "<" in call[1]][::every]:
        status = table[method, written_plainly(rule)][OTHERS.index(who)]
        ask(applied, callers, who, method, rule, status)


@pytest.mark.long
@pytest.mark.parametrize("who", OTHERS)
def test_what_is_not_there_is_answered_no_otherwise(applied: Applied, who: str) -> None:
    applied.at("spoken_of")
    callers, otherwise = Callers(applied, (who,)), []
    for (method, rule), statuses in addresses.table().items():
        status = statuses[OTHERS.index(who)]
        if status in (403, 404):
            with callers.call(who, method, nowhere(rule)) as reply:
                if reply.status_code != status:
                    otherwise.append((method, rule, reply.status_code))
    assert otherwise == []


def nowhere(rule: str) -> str:
    """Return a rule's address with what is nowhere in each place that names a thing."""
    return path_of(rule, None)


@pytest.mark.long
def test_without_signing_in_nothing_answers_but_what_is_public(applied: Applied) -> None:
    applied.at("spoken_of")
    callers = Callers(applied, ())
    for method, rule in calls(applied.app):
        if "<" in rule:
            usual = 302 if method == "GET" and not rule.startswith(PREFIX) else 401
            status = addresses.OPEN.get((method, written_plainly(rule)), usual)
            ask(applied, callers, "nobody", method, rule, status)


@pytest.mark.long
@pytest.mark.parametrize("who", [*OTHERS, "nobody"])
def test_no_page_without_a_place_tells_of_another_unit(applied: Applied, who: str) -> None:
    applied.at("spoken_of")
    callers = Callers(applied, () if who == "nobody" else (who,))
    for method, rule in calls(applied.app):
        if "<" not in rule and method == "GET":
            with callers.call(who, method, rule) as reply:
                tells_nothing(who, rule, reply)


def ask(applied: Applied, callers: Callers, who: str, method: str, rule: str, status: int) -> None:
    """Ask an address for what is unit1's: its answer, that it tells nothing, and that nothing is written."""
    path = path_of(rule, applied)
    with closing(sqlite.connect(applied.path)) as watch:
        before = changes(watch)
        with callers.call(who, method, path) as reply:
            assert reply.status_code == status, (who, method, rule, path)
            tells_nothing(who, rule, reply)
        assert status < 400 or changes(watch) == before, (who, method, rule)


def tells_nothing(who: str, rule: str, reply: TestResponse) -> None:
    """Look for what is secret in a page; packed files are made for those who may have them."""
    if not reply.mimetype.startswith(TEXTS):
        assert reply.status_code == 200
        return
    words = reply.text
    assert SECRET not in words, (who, rule)
    if who in OUTSIDE and not rule.startswith(addresses.MADE_PUBLIC):
        assert OURS not in words, (who, rule)
