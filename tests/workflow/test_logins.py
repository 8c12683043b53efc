"""Who comes in, for how long, and how it ends at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.workflow.desk import Desk, at
from workflow import clock, logins
from workflow.demonstration.office import PASSWORD
from workflow.errors import WrongLogin
from workflow.installation import here, read_tx, write_tx
from workflow.models import Login, User

NOW = at(2024, 4, 7, 9)


def refused(username: str, password: str) -> list[str]:
    with pytest.raises(WrongLogin) as refusal:
        logins.log_in(username, password, "browser")
    return [str(reason) for reason in refusal.value.reasons]


def test_the_right_password_lets_in(desk_on_both: Desk) -> None:
    secret, _ = logins.log_in("clerk", PASSWORD, "browser")
    person = logins.who_is(secret, "browser")
    assert person is not None
    assert person.username == "clerk"


def test_an_unknown_name_a_wrong_password_and_a_closed_account_are_told_the_same(desk: Desk) -> None:
    desk.close_account("expert1")
    wrong = [str(logins.WRONG)]
    assert refused("nobody", "x") == refused("clerk", "x") == refused("expert1", PASSWORD) == wrong


def test_five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(desk_on_both: Desk) -> None:
    with clock.held_at(NOW):
        for _ in range(logins.TRIES):
            assert refused("clerk", "x") == [str(logins.WRONG)]
        assert refused("clerk", PASSWORD) == [str(logins.WRONG)]
        logins.log_in("drafter", PASSWORD, "browser")
    with clock.held_at(NOW + logins.LOCKED_FOR - timedelta(seconds=1)):
        assert refused("clerk", PASSWORD) == [str(logins.WRONG)]
    with clock.held_at(NOW + logins.LOCKED_FOR + timedelta(seconds=1)):
        logins.log_in("clerk", PASSWORD, "browser")
        assert refused("clerk", "x") == [str(logins.WRONG)]


def test_a_right_password_forgets_the_wrong_ones_before(desk: Desk) -> None:
    for _ in range(2):
        for _ in range(logins.TRIES - 1):
            refused("clerk", "x")
        secret, _ = logins.log_in("clerk", PASSWORD, "browser")
        assert logins.who_is(secret, "browser") is not None


@pytest.mark.parametrize(
    ("kind", "idle", "longest"),
    [("browser", 30, 8 * 60), ("token", 24 * 60, 24 * 60)],
    ids=["browser", "token"],
)
def test_a_session_ends_when_idle_and_at_the_latest_after_its_time(
    desk: Desk, kind: logins.Kind, idle: int, longest: int
) -> None:
    with clock.held_at(NOW):
        used, _ = logins.log_in("clerk", PASSWORD, kind)
        unused, _ = logins.log_in("clerk", PASSWORD, kind)
    for minutes in range(20, longest, 20):
        with clock.held_at(NOW + timedelta(minutes=minutes)):
            assert logins.who_is(used, kind)
    with clock.held_at(NOW + timedelta(minutes=idle)):
        assert logins.who_is(unused, kind) is None
    with clock.held_at(NOW + timedelta(minutes=longest)):
        assert logins.who_is(used, kind) is None


def test_logging_out_ends_the_session_itself(desk: Desk) -> None:
    secret, _ = logins.log_in("clerk", PASSWORD, "browser")
    other, _ = logins.log_in("clerk", PASSWORD, "browser")
    logins.log_out(secret)
    assert logins.who_is(secret, "browser") is None
    assert logins.who_is(other, "browser")


def test_a_closed_account_is_out_at_once(desk: Desk) -> None:
    secret, _ = logins.log_in("clerk", PASSWORD, "browser")
    desk.close_account("clerk")
    assert logins.who_is(secret, "browser") is None


def test_a_token_is_no_session_and_a_session_no_token(desk: Desk) -> None:
    session, _ = logins.log_in("clerk", PASSWORD, "browser")
    token, _ = logins.log_in("clerk", PASSWORD, "token")
    assert logins.who_is(session, "token") is None
    assert logins.who_is(token, "browser") is None


def test_only_hashes_are_stored(desk: Desk) -> None:
    secret, _ = logins.log_in("clerk", PASSWORD, "browser")
    with read_tx() as session:
        rows = repr([dict(row._mapping) for row in session.execute(select(Login.__table__))])
        people = session.execute(select(User.password_hash)).scalars().all()
    assert secret not in rows
    assert all(hash_.startswith("$argon2id$") for hash_ in people)


@pytest.mark.parametrize("secret", ["", "x", "\ud800", "0" * 64])
def test_a_made_up_secret_is_nobody_s(desk: Desk, secret: str) -> None:
    assert logins.who_is(secret, "browser") is None


def test_the_last_seen_time_is_written_at_most_once_a_minute(desk: Desk) -> None:
    with clock.held_at(NOW):
        secret, _ = logins.log_in("clerk", PASSWORD, "browser")
    seen = []
    for seconds in (30, 61, 90, 150):
        with clock.held_at(NOW + timedelta(seconds=seconds)):
            logins.who_is(secret, "browser")
        with read_tx() as session:
            seen.append(session.scalars(select(Login.seen_at)).one())
    assert seen[0] == clock.stamp(NOW)
    assert seen[1] == seen[2] == clock.stamp(NOW + timedelta(seconds=61))
    assert seen[3] == clock.stamp(NOW + timedelta(seconds=150))


def test_a_busy_database_lets_people_read_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.held_at(NOW):
        secret, _ = logins.log_in("clerk", PASSWORD, "browser")
    monkeypatch.setattr("workflow.db.WAIT_SECONDS", 0.05)
    with clock.held_at(NOW + timedelta(minutes=5)), here().database.exclusive():
        assert logins.who_is(secret, "browser")


def test_old_sessions_are_cleared_away_with_the_next(desk: Desk) -> None:
    with clock.held_at(NOW):
        logins.log_in("clerk", PASSWORD, "browser")
    with clock.held_at(NOW + timedelta(days=2)):
        logins.log_in("clerk", PASSWORD, "browser")
    with write_tx() as session:
        assert len(session.scalars(select(Login)).all()) == 1
