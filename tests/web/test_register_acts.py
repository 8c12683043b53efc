"""What the registrar does in the register, by its forms; others see and may not."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select, text

from tests.web.browsing import act, form_to, send, text_of
from workflow.installation import here
from workflow.models import OfficeChange, RegisterEntry

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]
CODE = "豫直文明办"


@pytest.fixture
def registrar(sign_in: SignIn) -> FlaskClient:
    return sign_in("registrar")


def execute(statement: str) -> None:
    with here().database.write_tx() as session:
        session.execute(text(statement))


@pytest.fixture
def unconfirmed(registrar: FlaskClient) -> FlaskClient:
    """Give the registrar of an office whose series 豫直文明委 has no confirmed start."""
    execute(
        "UPDATE series SET start_at = NULL, start_year = NULL, start_serial = NULL "
        "WHERE agency_code = '豫直文明委'"
    )
    return registrar


def entries(state: str) -> list[RegisterEntry]:
    with here().database.read_tx() as session:
        return list(session.scalars(select(RegisterEntry).filter_by(state=state).order_by(RegisterEntry.id)))


def reserve(client: FlaskClient, **changes: str) -> str:
    """Set a number aside by the form; return the address of its page."""
    form = form_to(client.get("/register/reserve"), "/register/reserve")
    answer = send(client, form, **({"for_whom": "综合处", "reason": "待会签"} | changes))
    assert answer.status_code == 302
    return answer.location


def test_a_number_is_reserved_used_by_a_registration_and_its_history_shown(
    registrar: FlaskClient, document_at: DocumentAt
) -> None:
    page = registrar.get(reserve(registrar))
    [row] = entries("reserved")
    assert row.number in text_of(page, "//h1")
    assert "综合处" in text_of(page, "//dl")
    assert "待会签" in text_of(page, "//ol[@class='history']")

    document = document_at("registration")
    registration = registrar.get(f"/documents/{document}")
    [select_] = html.fromstring(registration.text).xpath("//select[@name='reserved']")
    assert [option.get("value") for option in select_.xpath("option")] == ["", row.number]
    assert act(registrar, document, "register", reserved=row.number).status_code == 302
    shown = registrar.get(f"/register/numbers/{row.id}")
    assert "已用" in text_of(shown, "//h1")
    assert "用于公文" in text_of(shown, "//ol[@class='history']")
    assert not html.fromstring(shown.text).xpath("//form[contains(@action, '/register/')]")


def test_without_reserved_numbers_the_registration_asks_for_none(
    registrar: FlaskClient, document_at: DocumentAt
) -> None:
    page = registrar.get(f"/documents/{document_at('registration')}")
    assert not html.fromstring(page.text).xpath("//*[@name='reserved']")
    assert f"{CODE}〔" in text_of(page, "//*[@class='next-number']")


def test_a_reserved_number_is_released(registrar: FlaskClient) -> None:
    address = reserve(registrar)
    form = form_to(registrar.get(address), "/void")
    refused = send(registrar, form)
    assert refused.status_code == 422
    assert "请填写“原因”" in text_of(refused, "//*[@role='alert']")
    assert send(registrar, form, reason="不再印发").location == address
    assert "不再印发" in text_of(registrar.get(address), "//dl")


def test_what_was_typed_comes_back_with_every_reason(registrar: FlaskClient) -> None:
    form = form_to(registrar.get("/register/reserve"), "/register/reserve")
    refused = send(registrar, form, for_whom="宣传处", reason="", until="2020-01-01")
    assert refused.status_code == 422
    assert len(html.fromstring(refused.text).xpath("//ul[@role='alert']/li")) == 2
    again = form_to(refused, "/register/reserve")
    assert (again.fields["for_whom"], again.fields["until"]) == ("宣传处", "2020-01-01")
    for day in ("2026-02-31", "xx"):
        assert send(registrar, form, for_whom="处", reason="因", until=day).status_code == 422
    assert entries("reserved") == []


def test_a_number_used_outside_has_its_title_and_a_classified_one_has_none(registrar: FlaskClient) -> None:
    form = form_to(registrar.get("/register/outside"), "/register/outside")
    first = send(registrar, form, title="关于防汛值班的通知", reason="手工编号", dated="2024-04-07")
    form = form_to(registrar.get("/register/outside"), "/register/outside")
    second = send(registrar, form, title="不可入网的标题", reason="涉密", classified="1")
    shown = registrar.get("/register").text
    assert "关于防汛值班的通知" in text_of(registrar.get(first.location), "//dl")
    assert "（涉密，不录标题）" in text_of(registrar.get(second.location), "//dl")
    assert "（涉密，不录标题）" in shown
    with here().database.read_tx() as session:
        kept = [str(row.details) for row in session.scalars(select(OfficeChange))]
    assert "不可入网" not in shown + "".join(kept)


def test_a_start_is_confirmed_after_a_second_look_at_what_it_leaves_without_paper(
    unconfirmed: FlaskClient,
) -> None:
    assert "起始号尚未确认：豫直文明委" in unconfirmed.get("/register").text
    page = unconfirmed.get("/register/start")
    address = next(form.action for form in html.fromstring(page.text).forms if "/start/" in form.action)
    series = re.search(r"/start/(\d+)", address)[1]
    form = form_to(page, f"/start/{series}")
    asked = send(unconfirmed, form, serial="4")
    assert asked.status_code == 422
    assert "此号之前有3个号不在登记簿中" in asked.text
    form = form_to(asked, f"/start/{series}")
    assert form.fields["serial"] == "4"
    refused = send(unconfirmed, form)
    assert "请填写“原因”" in refused.text
    form = form_to(refused, f"/start/{series}")
    other = send(unconfirmed, form, serial="5", reason="核对")  # another number is asked about again
    assert "此号之前有4个号" in other.text
    assert send(unconfirmed, form, reason="核对", sure=f"{form.fields['year']} 4").status_code == 302
    missing = entries("missing")
    assert [row.serial for row in missing] == [1, 2, 3]
    assert "起始号尚未确认" not in unconfirmed.get("/register").text

    address = f"/register/numbers/{missing[1].id}"
    explained = send(unconfirmed, form_to(unconfirmed.get(address), "/explain"), reason="编号后未印发")
    assert explained.location == address
    assert "编号后未印发" in text_of(unconfirmed.get(address), "//dl")
    outside = form_to(unconfirmed.get(address), "/outside")
    assert send(unconfirmed, outside, title="", reason="因").status_code == 422
    assert send(unconfirmed, outside, title="某件", reason="因").status_code == 302
    assert [row.title for row in entries("outside")] == ["某件"]


def test_the_registration_page_says_that_the_start_is_not_confirmed(
    registrar: FlaskClient, document_at: DocumentAt
) -> None:
    execute("UPDATE series SET start_at = NULL, start_year = NULL, start_serial = NULL")
    document = document_at("registration")
    page = registrar.get(f"/documents/{document}")
    assert "登记员尚未确认“豫直文明办”从几号起编" in text_of(page, "//section[contains(@class, 'numbering')]")
    assert html.fromstring(page.text).xpath("//a[starts-with(@href, '/register/start')]")
    refused = act(registrar, document, "register")
    assert refused.status_code == 422
    assert "登记员尚未确认“豫直文明办”从几号起编" in text_of(refused, "//*[@role='alert']")
    assert "预计为" not in registrar.get(f"/documents/{document_at('signing')}").text


def test_a_reservation_whose_time_is_over_is_shown_loudly(registrar: FlaskClient) -> None:
    address = reserve(registrar)
    assert "已到期的预留号" not in registrar.get("/register").text
    execute("UPDATE register SET reserved_until = '2020-01-01' WHERE state = 'reserved'")
    for page in ("/register", "/register/report"):
        assert "已到期的预留号：1个" in registrar.get(page).text
    assert address in registrar.get("/register").text


@pytest.mark.parametrize("who", ["clerk", "unit1"])
def test_nobody_else_writes_in_the_register(sign_in: SignIn, registrar: FlaskClient, who: str) -> None:
    number = reserve(registrar)
    client = sign_in(who)
    for page in ("/register/reserve", "/register/outside"):
        assert client.get(page).status_code == 403
    in_office = who != "unit1"
    shown = client.get(number)
    assert shown.status_code == (200 if in_office else 404)
    assert not html.fromstring(shown.text).xpath("//main//form[@method='post']")
    token = html.fromstring(client.get("/register").text).xpath("//input[@name='csrf_token']/@value")[0]
    for path in ("reserve", "outside", "start/1", f"{number.removeprefix('/register/')}/void"):
        answer = client.post(f"/register/{path}", data={"csrf_token": token, "reason": "因", "series": "1"})
        assert answer.status_code in (403, 404), path
    for path in ("/register/report", "/register/print", "/register/register.xlsx", "/register/start"):
        assert client.get(path).status_code == (200 if in_office else 403), path
    assert [row.state for row in entries("reserved")] == ["reserved"]


def test_a_number_that_is_none_is_not_found(registrar: FlaskClient) -> None:
    assert registrar.get("/register/numbers/9999").status_code == 404
    assert registrar.get("/register/report?series=没有的字").status_code == 404
