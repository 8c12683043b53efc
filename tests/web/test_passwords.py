"""The password's page, and those to whom nothing else is open before they have used it."""

from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy import update

from tests.web.browsing import filled, form_to, send, text_of
from workflow.demonstration.office import PASSWORD
from workflow.installation import here
from workflow.models import User

SignIn = Callable[..., FlaskClient]
NEW = "一江春水向东流-2024"


def give_one_time_password(username: str) -> None:
    with here().database.write_tx() as session:
        session.execute(update(User).where(User.username == username).values(must_change=True))


def change(client: FlaskClient, old: str = PASSWORD, new: str = NEW, again: str = NEW) -> tuple[int, str]:
    form = form_to(client.get("/password"), "/password")
    answer = send(client, form, password=old, new_password=new, again=again)
    return answer.status_code, text_of(
        answer, "//main//p[@role='alert']"
    ) if answer.status_code == 422 else ""


def test_a_new_password_ends_the_other_sessions_and_lets_in_the_next_time(sign_in: SignIn) -> None:
    here_, elsewhere = sign_in("clerk"), sign_in("clerk")
    assert "修改密码" in text_of(here_.get("/"), "//header//a[@href='/password']")
    token = here_.post("/api/v1/tokens", json={"username": "clerk", "password": PASSWORD}).get_json()["token"]
    assert change(here_)[0] == 302
    assert here_.get("/").status_code == 200
    assert elsewhere.get("/").location.startswith("/sign-in")
    assert here_.get("/api/v1/tasks", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert sign_in("clerk", password=NEW).get("/").status_code == 200


REFUSED = [
    ("wrong", NEW, NEW, "当前密码不正确"),
    (PASSWORD, NEW, NEW + "!", "两次输入的新密码不一致。"),
    (PASSWORD, "短", "短", "密码须为10至128个字符"),
    ("", "", "", "当前密码不正确"),
    (PASSWORD, "省直文明办-clerk", "省直文明办-clerk", "密码过于简单"),
]


def test_a_refusal_says_why_and_shows_no_password_again(sign_in: SignIn) -> None:
    client = sign_in("clerk")
    form = form_to(client.get("/password"), "/password")
    for old, new, again, told in REFUSED:
        answer = send(client, form, password=old, new_password=new, again=again)
        assert answer.status_code == 422
        assert told in text_of(answer, "//main//p[@role='alert']")
        assert NEW not in answer.text


def test_whoever_was_given_a_password_finds_nothing_but_its_page(sign_in: SignIn) -> None:
    give_one_time_password("clerk")
    client = sign_in("clerk")
    for path in ("/", "/archive", "/register", "/documents/new", "/administration/people"):
        assert client.get(path).location == "/password", path
    assert "一次性初始密码" in client.get("/password").text
    token = form_to(client.get("/password"), "/password").fields["csrf_token"]
    assert client.post("/documents/new", data={"csrf_token": token, "title": "x"}).status_code == 403
    assert client.post("/language/en", data={"csrf_token": token}).status_code == 302
    assert change(client)[0] == 302
    assert client.get("/").status_code == 200


def test_a_program_is_told_that_the_password_comes_first(sign_in: SignIn, client: FlaskClient) -> None:
    give_one_time_password("clerk")
    in_page = sign_in("clerk")
    answer = in_page.get("/documents/new", content_type="application/json")
    assert answer.status_code == 403
    assert "请先修改密码" in answer.get_json()["reasons"][0]
    form = form_to(in_page.get("/password"), "/password")
    assert in_page.post("/sign-out", data=filled(form)).location == "/sign-in"
    given = client.post("/api/v1/tokens", json={"username": "clerk", "password": PASSWORD})
    assert given.status_code == 201
    for language, why in (("zh", "请先修改密码"), ("en", "Change your password first")):
        headers = {"Authorization": f"Bearer {given.get_json()['token']}", "Accept-Language": language}
        for path in ("tasks", "documents", "register"):
            answer = client.get(f"/api/v1/{path}", headers=headers)
            assert answer.status_code == 403
            assert answer.content_type == "application/problem+json"
            assert why in answer.get_json()["detail"]


def test_passwords_are_not_kept_through_a_sign_in(sign_in: SignIn) -> None:
    client = sign_in("clerk")
    form = form_to(client.get("/password"), "/password")
    with here().database.write_tx() as session:
        session.execute(update(User).where(User.username == "clerk").values(active=False))
    answer = send(client, form, password=PASSWORD, new_password=NEW, again=NEW)
    assert answer.status_code == 401
    assert NEW not in answer.text
    assert f'"{PASSWORD}"' not in answer.text
