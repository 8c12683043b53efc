"""How refusals look: the right status, every reason, what was typed, in the reader's language."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from docgen.errors import Problem
from states.reasons import Label, Reason
from tests.web.browsing import form_to, send, text_of
from web import errors
from workflow import counting, waiting
from workflow import errors as e

SignIn = Callable[..., FlaskClient]
TokenOf = Callable[..., str]
DocumentAt = Callable[..., str]

MARKUP = "<script>alert(1)</script>&\"'"
AT_REGISTRATION = {"stage": Label(zh="登记", en="Registration")}
TWO = [
    Reason("A comment is required"),
    Reason("The text cannot be changed at the stage %(stage)s", AT_REGISTRATION),
]
REFUSALS: list[tuple[Exception, int, list[str]]] = [
    (e.NotAllowed([Reason("This step is for the registrar")]), 403, ["此步骤由登记员办理"]),
    (e.NotFound(), 404, ["没有这件公文，或者您无权查看。"]),
    (e.NoSuchStep([Reason("A comment is required")]), 409, ["请填写意见"]),
    (e.Stale(3), 409, ["公文已有变动"]),
    (e.NotReady(TWO), 422, ["请填写意见", "“登记”环节不能修改文稿"]),
    (e.ContentError([Problem("title", "This must not be empty.")]), 422, ["title: 不能为空。"]),
    (e.KeyReused(), 422, ["幂等键"]),
    (e.Busy(), 503, ["系统正忙"]),
    (e.ConverterMissing(), 503, ["LibreOffice"]),
]


@pytest.fixture
def refusing(sign_in: SignIn, token_of: TokenOf, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Give a function that posts a form, or JSON, to a view that raises."""
    client = sign_in("clerk")
    token = token_of(client, "/")

    def refusing(error: Exception, **sent: Any) -> Any:
        def view(**_: str) -> None:
            raise error

        monkeypatch.setitem(client.application.view_functions, "documents.step", view)
        if "json" in sent:
            return client.post("/documents/1/steps/sign", headers={"X-CSRFToken": token}, **sent)
        return client.post("/documents/1/steps/sign", data={"csrf_token": token, **sent})

    return refusing


@pytest.mark.parametrize(("error", "status", "told"), REFUSALS, ids=lambda value: type(value).__name__)
def test_a_refusal_has_its_status_every_reason_and_what_was_typed(
    refusing: Callable[..., Any], error: Exception, status: int, told: list[str]
) -> None:
    answer = refusing(error, comment=f"第一行\n{MARKUP}", version="3")
    assert answer.status_code == status
    alert = text_of(answer, "//*[@role='alert']")
    assert all(words in alert for words in told)
    assert text_of(answer, "//textarea[@name='comment']").endswith(MARKUP)
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(("error", "status", "told"), REFUSALS, ids=lambda value: type(value).__name__)
def test_a_program_gets_the_same_as_problem_json(
    refusing: Callable[..., Any], error: Exception, status: int, told: list[str]
) -> None:
    answer = refusing(error, json={"comment": "同意"})
    assert answer.status_code == (412 if isinstance(error, e.Stale) else status)
    assert answer.content_type == "application/problem+json"
    problem = answer.json
    assert problem["status"] == answer.status_code
    assert len(problem["reasons"]) == len(told)
    assert all(words in reason for words, reason in zip(told, problem["reasons"], strict=True))
    assert problem["detail"] == "; ".join(problem["reasons"])


def test_what_was_refused_because_the_system_is_busy_can_be_sent_again(refusing: Callable[..., Any]) -> None:
    answer = refusing(e.Busy(), comment="同意", key="k" * 32)
    assert answer.headers["Retry-After"] == "3"
    form = form_to(answer, "/documents/1/steps/sign")
    assert form.fields["comment"] == "同意"
    assert form.fields["key"] == "k" * 32
    assert form.fields["csrf_token"]


def test_a_stale_form_leads_to_the_document_as_it_is_now(sign_in: SignIn, document_at: DocumentAt) -> None:
    client, document = sign_in("signatory"), document_at("signing", urgency=None)
    form = form_to(client.get(f"/documents/{document}"), "/steps/sign")
    answer = send(client, form, version="1", comment="同意印发。")
    assert answer.status_code == 409
    assert "同意印发。" in answer.text
    assert f'href="/documents/{document}"' in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status", "words"),
    [
        ("get", "/nowhere", 404, "没有这个页面"),
        ("post", "/register", 405, "不接受这种请求"),
        ("get", "/documents/0123456789abcdef", 404, "没有这件公文"),
        ("get", "/static/nothing.css", 404, "没有这个页面"),
    ],
)
def test_what_is_not_there_is_said_in_words(
    sign_in: SignIn, method: str, path: str, status: int, words: str
) -> None:
    answer = getattr(sign_in("clerk"), method)(path)
    assert answer.status_code == status
    assert words in answer.text


def test_a_wrong_method_is_told_the_right_ones(sign_in: SignIn) -> None:
    assert "GET" in sign_in("clerk").post("/register").headers["Allow"]


def test_a_form_too_large_is_refused_before_it_is_read(sign_in: SignIn) -> None:
    answer = sign_in("clerk").post("/typed", data={"body": "文" * 2_000_000})
    assert answer.status_code == 413
    assert "内容过大" in answer.text


def test_a_fault_is_told_without_its_inside_and_needs_nothing_that_may_be_broken(
    office_app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client = sign_in("clerk")

    def broken(*_: object, **__: object) -> None:
        raise OSError("disk full at /secret/path")

    monkeypatch.setattr(waiting, "tasks", broken)
    monkeypatch.setattr(counting, "counts", broken)
    office_app.testing = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "系统出错，未作任何改动" in answer.text
    assert "secret" not in answer.text
    assert "disk full" in caplog.text


def test_a_fault_before_the_person_is_known_is_a_page_too(
    office_app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client = sign_in("clerk")

    def broken(*_: object) -> None:
        raise OSError("no database")

    monkeypatch.setattr("workflow.logins.who_is", broken)
    office_app.testing = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "系统出错" in answer.text
    assert "no database" in caplog.text


def test_english_readers_are_told_in_english(sign_in: SignIn, token_of: TokenOf) -> None:
    client = sign_in("clerk")
    client.post("/language/en", data={"csrf_token": token_of(client, "/")})
    answer = client.get("/nowhere")
    assert "There is no such page." in answer.text
    assert '<html lang="en">' in answer.text


def test_every_failure_that_a_reader_can_cause_has_a_status() -> None:
    kinds = [kind for kind in vars(e).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    ours = {e.WorkflowError, e.DocgenError, e.Refused, e.PdfError, e.Damaged, e.Unusable}  # roots, and faults
    assert set(kinds) - ours == set(errors.STATUS)
