"""Who gets in, who stays in, and what happens to what they were typing."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Literal
from urllib.parse import unquote

import pytest
from argon2 import PasswordHasher, Type, extract_parameters
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.web.browsing import form_to, send
from workflow import clock, logins
from workflow.installation import here
from workflow.models import User

SignIn = Callable[..., FlaskClient]
TokenOf = Callable[..., str]
DocumentAt = Callable[..., str]

OPEN = {
    *("/sign-in", "/healthz", "/readyz"),
    *("/public/notices", "/public/notices/1", "/public/notices/1/objections"),
    *("/public/objections", "/public/objections/1"),
}
LATER = timedelta(minutes=31)
OUTSIDE = [
    "https://evil.example/",
    "http:evil.example",
    "http:///evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/archive",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/%09/evil.example",
    "/%2f/evil.example",
    "/%5cevil.example",
    "/.//evil.example",
    "/archive\\@evil.example",
    "/@evil.example",
    "evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "//localhost@evil.example",
    "https:/evil.example",
    "/\u2215evil.example",
    "/archive\r\nLocation: https://evil.example",
]


def log_in(client: FlaskClient, token: str, **form: str) -> TestResponse:
    return client.post("/sign-in", data={"password": "hongtou", "csrf_token": token, **form})


def rules(app: Flask, method: str) -> list[str]:
    """Return an address for each rule that takes this method."""
    wanted = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    paths = (re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule) for rule in wanted)
    return sorted({re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", "1", path) for path in paths})


def test_a_stranger_is_shown_nothing_but_the_sign_in_page(office_app: Flask) -> None:
    asked = 0
    for path in rules(office_app, "GET"):
        answer = office_app.test_client().get(path)
        if path in OPEN or path.startswith(("/static/", "/bootstrap/")):
            assert answer.status_code in (200, 404, 503), path
        elif path == "/api/v1/openapi.json":
            assert answer.status_code == 200
        elif path.startswith("/api/"):
            assert answer.status_code == 401, path
        else:
            assert answer.status_code == 302, path
            assert answer.location.startswith("/sign-in?next="), path
            asked += 1
    assert asked >= 12


def test_a_form_of_a_stranger_is_answered_by_the_sign_in_page(office_app: Flask) -> None:
    for path in rules(office_app, "POST"):
        if path in OPEN or path.startswith(("/api/", "/language/")):
            continue
        answer = office_app.test_client().post(path, data={"comment": "同意"})
        assert answer.status_code == 401, path
        assert form_to(answer, "/sign-in").fields["t.comment"] == "同意", path


def test_every_form_without_its_token_is_refused(office_app: Flask, sign_in: SignIn) -> None:
    client, tried = sign_in("clerk"), 0
    for path in rules(office_app, "POST"):
        if not path.startswith("/api/"):
            answer = client.post(path, data={"comment": "同意", "csrf_token": "forged"})
            assert answer.status_code == 400, path
            tried += 1
    assert tried >= 9


def test_a_name_and_its_password_let_in_and_lead_to_where_one_was_headed(
    client: FlaskClient, token_of: TokenOf
) -> None:
    asked = client.get("/archive?q=文明")
    target = form_to(client.get(asked.location), "/sign-in").fields["next"]
    answer = log_in(client, token_of(client), username="clerk", next=target)
    assert answer.status_code == 302
    assert unquote(answer.location) == target == "/archive?q=文明"
    assert "文秘" in client.get(answer.location).text


def test_nobody_is_led_outside(client: FlaskClient, token_of: TokenOf) -> None:
    for target in OUTSIDE:
        assert log_in(client, token_of(client), username="clerk", next=target).location == "/", target
        form = {"csrf_token": token_of(client, "/"), "next": target}
        assert client.post("/language/en", data=form).location == "/", target
        client.post("/sign-out", data=form)


def test_what_was_typed_is_never_handed_outside(office_app: Flask, token_of: TokenOf) -> None:
    for target in OUTSIDE:
        client = office_app.test_client()
        form = {"username": "clerk", "resume": target, "t.comment": "同意"}
        answer = log_in(client, token_of(client), **form)
        assert answer.status_code == 302, target
        assert answer.location == "/", target


def test_whoever_is_signed_in_needs_no_sign_in_page(sign_in: SignIn) -> None:
    assert sign_in("clerk").get("/sign-in?next=/register").location == "/register"


def test_an_unknown_name_and_a_wrong_password_are_told_alike(client: FlaskClient, token_of: TokenOf) -> None:
    token = token_of(client)
    answers = [
        log_in(client, token, username="clerk", password="wrong"),
        log_in(client, token, username="nobody", password="wrong"),
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    told = [html.fromstring(answer.text).xpath("//p[@role='alert']/text()") for answer in answers]
    assert told[0] == told[1] == ["用户名或密码不正确；连续5次输错，账号锁定15分钟"]


def test_an_unknown_name_takes_as_long_as_a_known_one(
    client: FlaskClient, token_of: TokenOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    work: list[tuple[int, int, int]] = []

    class Recording(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            costs = extract_parameters(str(hash))
            work.append((costs.time_cost, costs.memory_cost, costs.parallelism))
            return super().verify(hash, password)

    monkeypatch.setattr(logins, "_hasher", Recording())
    token = token_of(client)
    log_in(client, token, username="clerk", password="wrong")
    log_in(client, token, username="nobody", password="wrong")
    known, unknown = work
    assert known == unknown


def test_passwords_are_kept_as_owasp_asks(real_hasher: PasswordHasher) -> None:
    costs = extract_parameters(real_hasher.hash("hongtou"))
    assert costs.type is Type.ID
    assert costs.memory_cost >= 19 * 1024
    assert costs.time_cost >= 2


def test_five_wrong_passwords_lock_the_account_for_a_while(client: FlaskClient, token_of: TokenOf) -> None:
    token = token_of(client)
    for _ in range(5):
        assert log_in(client, token, username="clerk", password="wrong").status_code == 401
    locked = log_in(client, token, username="clerk")
    assert locked.status_code == 401
    assert "账号锁定15分钟" in locked.text
    assert log_in(client, token, username="deputy").status_code == 302
    with clock.held_at(clock.now() + timedelta(minutes=16)):
        other = client.application.test_client()
        assert log_in(other, token_of(other), username="clerk").status_code == 302


def test_four_wrong_passwords_and_a_right_one_start_the_count_anew(
    office_app: Flask, token_of: TokenOf
) -> None:
    for _ in range(2):
        client = office_app.test_client()
        token = token_of(client)
        for _ in range(4):
            log_in(client, token, username="clerk", password="wrong")
        assert log_in(client, token, username="clerk").status_code == 302


def test_a_closed_account_is_out_at_once(sign_in: SignIn, token_of: TokenOf, office_app: Flask) -> None:
    client = sign_in("clerk")
    with here().database.write_tx() as session:
        session.execute(update(User).where(User.username == "clerk").values(active=False))
    assert client.get("/").status_code == 302
    other = office_app.test_client()
    assert log_in(other, token_of(other), username="clerk").status_code == 401


def test_signing_out_makes_a_copied_cookie_worthless(sign_in: SignIn, token_of: TokenOf) -> None:
    client = sign_in("clerk")
    copy = client.get_cookie("session")
    assert copy
    answer = client.post("/sign-out", data={"csrf_token": token_of(client, "/")})
    assert answer.location == "/sign-in"
    assert "您已退出" in client.get("/sign-in").text
    client.set_cookie("session", copy.value)
    assert client.get("/").status_code == 302


def test_a_session_ends_when_nobody_uses_it_and_after_a_working_day(sign_in: SignIn) -> None:
    client, start = sign_in("clerk"), clock.now()
    for minutes in range(20, 8 * 60, 20):
        with clock.held_at(start + timedelta(minutes=minutes)):
            assert client.get("/handled").status_code == 200
    with clock.held_at(start + timedelta(hours=8, minutes=1)):
        assert client.get("/handled").status_code == 302
    client, start = sign_in("clerk"), clock.now()
    with clock.held_at(start + LATER):
        assert client.get("/").status_code == 302


def test_another_session_cookie_is_given_at_sign_in(client: FlaskClient, sign_in: SignIn) -> None:
    client.get("/sign-in")
    before = client.get_cookie("session")
    sign_in("clerk", client)
    after = client.get_cookie("session")
    assert before
    assert after
    assert before.value != after.value


def test_what_was_typed_survives_an_ended_session_and_is_sent_on(
    sign_in: SignIn, document_at: DocumentAt, token_of: TokenOf
) -> None:
    client, document = sign_in("signatory"), document_at("signing", urgency=None)
    form = form_to(client.get(f"/documents/{document}"), "/steps/sign")
    opinion = "同意。\n请办公室按程序印发，<b>并抄送</b>各处室。"
    with clock.held_at(clock.now() + LATER):
        ended = send(client, form, comment=opinion)
        assert ended.status_code == 401
        assert "登录已过期" in ended.text
        wrong = send(client, form_to(ended, "/sign-in"), username="signatory", password="wrong")
        assert wrong.status_code == 401
        resume = send(client, form_to(wrong, "/sign-in"), username="signatory", password="hongtou")
        assert resume.status_code == 200
        onward = form_to(resume, f"/documents/{document}/steps/sign")
        area = onward.xpath(".//textarea[@name='comment']")[0]
        assert area.value == opinion
        assert area.getparent().text.strip() == "意见"
        assert send(client, onward).status_code == 302
        movements = sign_in("clerk", client.application.test_client()).get(f"/documents/{document}").text
    assert "并抄送" in movements
    assert "<b>并抄送" not in movements


def test_what_was_typed_survives_an_old_token_and_is_sent_again(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    client, document = sign_in("signatory"), document_at("signing", urgency=None)
    form = form_to(client.get(f"/documents/{document}"), "/steps/sign")
    refused = send(client, form, csrf_token="old", comment="同意印发。")
    assert refused.status_code == 400
    again = form_to(refused, f"/documents/{document}/steps/sign")
    assert again.fields["comment"] == "同意印发。"
    assert send(client, again).status_code == 302
    assert client.get(f"/documents/{document}").status_code == 200


def test_a_sign_in_page_that_was_open_too_long_keeps_all_but_the_password(
    client: FlaskClient, token_of: TokenOf
) -> None:
    token_of(client)
    form = {"username": "clerk", "next": "/register", "resume": "/typed", "t.title": "关于测试的通知"}
    answer = log_in(client, "old", **form)
    assert answer.status_code == 400
    page = form_to(answer, "/sign-in")
    kept = {name: page.fields[name] for name in form}
    assert kept == form
    assert not page.fields["password"]
    assert 'value="hongtou"' not in answer.text


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example"])
def test_a_form_of_another_site_does_not_come_back_as_one_of_ours(
    client: FlaskClient, sign_in: SignIn, document_at: DocumentAt, origin: str
) -> None:
    path = f"/documents/{document_at('signing')}/steps/sign"
    for who in (client, sign_in("signatory", client.application.test_client())):
        answer = who.post(path, data={"comment": "planted"}, headers={"Origin": origin})
        assert answer.status_code in (400, 401)
        assert "planted" not in answer.text


def test_a_program_in_the_page_is_told_in_json_that_the_session_has_ended(client: FlaskClient) -> None:
    answer = client.post("/typed", json={"title": "关于测试的通知"})
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
