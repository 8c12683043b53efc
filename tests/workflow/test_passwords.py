"""What a password must be like, and how people change theirs."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from tests.workflow.desk import Desk, at
from workflow import clock, logins, passwords
from workflow.demonstration.office import PASSWORD
from workflow.errors import NotReady, WrongLogin

NEW = "一江春水向东流-2024"
NAMES = ["zhangsan", "张三", "综合处", "省直文明办"]


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logins, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def change(desk: Desk, who: str, old: str, new: str, secret: str = "") -> None:
    passwords.change(desk.person(who), secret, old, new)


def refused(desk: Desk, who: str, old: str, new: str) -> list[str]:
    with pytest.raises(NotReady) as refusal:
        change(desk, who, old, new)
    return [reason.message for reason in refusal.value.reasons]


@pytest.mark.parametrize(
    "password",
    [
        NEW,
        "correct horse battery",
        "zhangsan-Kw7!pq2",
        "六月的雨落在旧屋檐上",
        "password-Kw7!pq2",
        "x4B" * 3 + "-q7P",
        pytest.param(passwords.one_time(), id="one_time"),
        "天地玄黄宇宙洪荒" * 16,
    ],
)
def test_a_password_that_is_not_easily_guessed_will_do(password: str) -> None:
    assert list(passwords.weaknesses(password, NAMES)) == []


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Kw7!pq2zR", "A password has %(least)s to %(most)s characters"),
        ("Kw7!pq2zR" * 15, "A password has %(least)s to %(most)s characters"),
        ("ababababab", "The password repeats too few characters"),
        ("password123", "The password is little more than names and words that are tried first"),
        ("Admin@123456", "The password is little more than names and words that are tried first"),
        ("1qaz2wsx3edc", "The password is little more than names and words that are tried first"),
        ("zhangsan2024", "The password is little more than names and words that are tried first"),
        ("ZhangSan123456", "The password is little more than names and words that are tried first"),
        ("张三综合处省直文明办1", "The password is little more than names and words that are tried first"),
        ("hongtou12345", "The password is little more than names and words that are tried first"),
    ],
)
def test_a_password_that_anybody_would_try_will_not_do(password: str, why: str) -> None:
    assert [reason.message for reason in passwords.weaknesses(password, NAMES)] == [why]


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert len(list(passwords.weaknesses("123123", NAMES))) == 3


def test_a_change_ends_every_other_session_and_the_old_password(desk_on_both: Desk) -> None:
    desk = desk_on_both
    here, _ = logins.log_in("clerk", PASSWORD, "browser")
    others = [logins.log_in("clerk", PASSWORD, kind)[0] for kind in ("browser", "token")]
    change(desk, "clerk", PASSWORD, NEW, here)
    assert logins.who_is(here, "browser") is not None
    assert logins.who_is(others[0], "browser") is logins.who_is(others[1], "token") is None
    with pytest.raises(WrongLogin):
        logins.log_in("clerk", PASSWORD, "browser")
    logins.log_in("clerk", NEW, "browser")


def test_a_change_lifts_the_duty_to_change(desk: Desk) -> None:
    desk.execute("UPDATE users SET must_change = true WHERE username = 'clerk'")
    assert desk.person("clerk").must_change
    change(desk, "clerk", PASSWORD, NEW)
    assert not desk.person("clerk").must_change


def test_a_refused_change_changes_nothing_and_says_why(desk: Desk) -> None:
    assert refused(desk, "clerk", PASSWORD, PASSWORD)[-1] == "The new password is the present one"
    assert refused(desk, "clerk", "wrong", "short") == [
        "The present password is not right",
        "A password has %(least)s to %(most)s characters",
    ]
    assert refused(desk, "clerk", PASSWORD, "办公室文秘clerk办公室") == [
        "The password is little more than names and words that are tried first"
    ]
    logins.log_in("clerk", PASSWORD, "browser")


def test_guessing_the_present_password_locks_the_account_like_a_wrong_sign_in(desk: Desk) -> None:
    now = at(2024, 4, 7, 9)
    with clock.held_at(now):
        for _ in range(logins.TRIES):
            assert refused(desk, "clerk", "wrong", NEW) == ["The present password is not right"]
        assert "locked" in refused(desk, "clerk", PASSWORD, NEW)[0]
        with pytest.raises(WrongLogin):
            logins.log_in("clerk", PASSWORD, "browser")
    with clock.held_at(now + logins.LOCKED_FOR + timedelta(seconds=1)):
        change(desk, "clerk", PASSWORD, NEW)


def test_of_two_changes_at_once_the_second_is_told_that_its_old_password_is_gone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = logins.hash_password

    def hash_while_another_changes_it(password: str) -> str:
        monkeypatch.setattr(logins, "hash_password", hashed)
        change(desk, "clerk", PASSWORD, "another-quite-Other-1")
        return hashed(password)

    monkeypatch.setattr(logins, "hash_password", hash_while_another_changes_it)
    assert refused(desk, "clerk", PASSWORD, NEW) == ["The present password is not right"]
    logins.log_in("clerk", "another-quite-Other-1", "browser")
