"""The registrar settles who gets how many, prints the list to sign, and enters what came back."""

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from workflow.clock import today

SignIn = Callable[..., FlaskClient]
TokenOf = Callable[..., str]


@pytest.fixture
def document(document_at: Callable[..., str]) -> str:
    return document_at("issued")


@pytest.fixture
def registrar(sign_in: SignIn) -> FlaskClient:
    return sign_in("registrar")


def settle(client: FlaskClient, document: str, token_of: TokenOf, names: list[str], copies: list[str]) -> int:
    address = f"/documents/{document}/sending"
    form = {"csrf_token": token_of(client, address), "name": names, "copies": copies}
    return client.post(address, data=form).status_code


def test_complaint_the_list_of_those_who_got_it_says_who_has_signed(
    registrar: FlaskClient, document: str, token_of: TokenOf
) -> None:
    address = f"/documents/{document}/sending"
    assert "尚未保存" in registrar.get(address).text
    assert settle(registrar, document, token_of, ["甲单位", "乙单位", ""], ["2", "3", "1"]) == 302
    page = registrar.get(address).text
    assert "已签收0/2" in page
    ids = [part.split('"')[0] for part in page.split('name="recipient" value="')[1:]]
    form = {"csrf_token": token_of(registrar, address), "recipient": ids, "ticked": ids, "all_by": "收发室"}
    wrong = registrar.post(f"{address}/receipts", data=form)
    assert (wrong.status_code, "签收于哪一天" in wrong.text) == (422, True)
    form["all_on"] = today().isoformat()
    assert registrar.post(f"{address}/receipts", data=form).status_code == 302
    assert "已签收2/2" in registrar.get(address).text
    assert "全部签收" in registrar.get("/sending").text


def test_a_refused_list_keeps_what_was_typed(
    registrar: FlaskClient, document: str, token_of: TokenOf
) -> None:
    address = f"/documents/{document}/sending"
    form = {"csrf_token": token_of(registrar, address), "name": ["某单位"], "copies": ["许多"]}
    answer = registrar.post(address, data=form)
    assert answer.status_code == 422
    assert 'value="某单位"' in answer.text


def test_the_printed_list_has_a_column_to_sign(registrar: FlaskClient, document: str) -> None:
    page = registrar.get(f"/documents/{document}/sending/list").text
    assert "分发签收单" in page
    assert '<th scope="col">签收人</th>' in page


def test_a_name_that_looks_like_a_formula_leaves_as_a_text(
    registrar: FlaskClient, document: str, token_of: TokenOf
) -> None:
    settle(registrar, document, token_of, ["=1+1", "@甲"], ["1", "1"])
    data = registrar.get(f"/documents/{document}/sending/list.xlsx").data
    sheet = load_workbook(io.BytesIO(data)).active
    assert [(sheet[f"B{n}"].value, sheet[f"B{n}"].data_type) for n in (2, 3)] == [("=1+1", "s"), ("@甲", "s")]


def test_others_see_the_list_and_change_nothing(sign_in: SignIn, document: str, token_of: TokenOf) -> None:
    drafter = sign_in("drafter")
    address = f"/documents/{document}/sending"
    assert "保存清单" not in drafter.get(address).text
    form = {"csrf_token": token_of(drafter, address), "name": ["甲"], "copies": ["1"]}
    assert drafter.post(address, data=form).status_code == 403
    assert sign_in("unit1").get(address).status_code == 404
