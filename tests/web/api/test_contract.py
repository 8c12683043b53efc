"""Statuses, headers and shapes, as the contract has them."""

from typing import Any

import pytest
from flask import Flask
from pydantic import TypeAdapter

from tests.web.api import texts
from tests.web.api.caller import Caller, Everybody, InProcess
from web.api import schemas, tokens
from workflow import jobs, papers
from workflow.demonstration.office import PASSWORD

MALFORMED = {
    "cut off": b'{"kind": "notice"',
    "nothing": b"",
    "a key twice": b'{"comment": "a", "comment": "b"}',
    "NaN": b'{"comment": NaN}',
    "too large a number": b'{"copies": 1e999}',
    "digits without end": b'{"copies": ' + b"9" * 5000 + b"}",
    "a list": b"[]",
    "a text": b'"x"',
    "null": b"null",
    "a lone surrogate": b'{"comment": "\\ud800"}',
    "a lone surrogate in a key": b'{"\\udc00": 1}',
    "not UTF-8": '{"comment": "好"}'.encode("gb18030"),
    "a byte order mark": b'\xef\xbb\xbf{"comment": "a"}',
    "nested without end": b'{"a":' * 100_000,
    "nested deeply": b'{"a":' * 500 + b"1" + b"}" * 500,
}


@pytest.fixture
def draft(people: Everybody) -> Any:
    return people("drafter").draft(texts.PLAIN).json


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED.keys())
def test_what_is_not_proper_json_is_answered_400(people: Everybody, draft: Any, raw: bytes) -> None:
    id_ = draft["id"]
    for method, path in (
        ("POST", "/documents"),
        ("POST", f"/documents/{id_}/actions/submit"),
        ("PUT", f"/documents/{id_}/content"),
        ("POST", "/tokens"),
    ):
        reply = people("drafter").call(method, path, raw=raw, If_Match='"1"')
        assert reply.status == 400, reply.body
        assert reply.reasons


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jso"])
def test_a_body_that_is_not_called_json_is_answered_415(people: Everybody, kind: str) -> None:
    reply = people("drafter").call("POST", "/documents", raw=b"{}", Content_Type=kind)
    assert (reply.status, len(reply.reasons)) == (415, 1)


def test_a_body_that_is_too_large_is_answered_413(people: Everybody) -> None:
    reply = people("drafter").draft(texts.PLAIN | {"body": "文" * 4_000_000})
    assert reply.status == 413
    assert reply.reasons


@pytest.mark.parametrize(
    ("tag", "status"),
    [
        ('"1"', 200), (None, 428), ("", 428), ('"2"', 412), ('"0"', 412), ('W/"1"', 412), ('"01"', 412),
        ('"x"', 412), ('"99999999999999999999"', 412), ("*", 400), ("1", 400), ('"1', 400), ('"1", "2"', 400),
        ("ÿ", 400),
    ],
)  # fmt: skip
def test_only_the_version_that_one_saw_lets_a_change_through(
    people: Everybody, draft: Any, tag: str | None, status: int
) -> None:
    reply = people("drafter").act(draft["id"], "submit", tag)
    assert reply.status == status, reply.body
    if status != 200:
        assert reply.reasons
        assert people("drafter").document(draft["id"])["version"] == draft["version"]


def test_each_kind_of_refusal_has_its_status_and_its_order(people: Everybody, draft: Any) -> None:
    id_, version = draft["id"], draft["version"]
    drafter = people("drafter")
    assert people("clerk").act(id_, "submit", version).status == 404
    assert drafter.act(id_, "sign", version).status == 409
    assert drafter.act(id_, "submit", version, {"countersigner": []}).status == 422
    submitted = drafter.act(id_, "submit", version).json
    assert people("clerk").act(id_, "approve", submitted["version"]).status == 403
    assert people("clerk").act(id_, "approve", version).status == 412
    refused = people("unit_head").act(
        id_, "send_back", submitted["version"], {"target": "signing", "resume": "leap", "noise": 1}
    )
    assert refused.status == 422
    assert len(refused.reasons) == 4, refused.reasons


def test_a_document_answers_what_the_contract_says(people: Everybody, draft: Any) -> None:
    shown = people("drafter").get(f"/documents/{draft['id']}")
    assert shown.json == draft
    assert shown.headers["ETag"] == f'"{draft["version"]}"'
    assert (draft["state"], draft["state_label"], draft["files"]) == ("draft", "拟稿", [])
    assert draft["number"] is draft["dated"] is None
    english = people("drafter", "en").document(draft["id"])
    assert english["state_label"] == "Drafting"
    submit = next(action for action in english["actions"] if action["name"] == "submit")
    assert submit == {
        "name": "submit",
        "label": "Submit",
        "direction": "forward",
        "allowed": True,
        "reasons": [],
        "inputs": {
            "type": "object",
            "properties": {
                "countersigners": {
                    "title": "Countersigners", "type": "array", "items": {"type": "string"},
                    "uniqueItems": True, "default": [],
                },
                "countersign_units": {
                    "title": "Countersigning units", "type": "array", "items": {"type": "string"},
                    "uniqueItems": True, "default": [],
                },
                "countersign_mode": {
                    "title": "How they countersign", "type": "string", "enum": ["all", "serial", "any_n"],
                    "oneOf": [
                        {"const": "all", "title": "All at the same time"},
                        {"const": "serial", "title": "All, one after another"},
                        {"const": "any_n", "title": "Any so many of them"},
                    ],
                    "default": "all",
                },
                "countersign_needed": {
                    "title": "How many must agree", "type": "integer", "minimum": 1, "maximum": 100000,
                },
                "comment": {"title": "Comment", "type": "string"},
            },
            "required": [],
            "additionalProperties": False,
        },
    }  # fmt: skip


def test_every_answer_is_of_the_shape_that_is_described(people: Everybody) -> None:
    id_ = people("drafter").draft(texts.ISSUING).json["id"]
    people.bring_to(id_, "issued")
    for path, model in {
        f"/documents/{id_}": schemas.Document,
        "/documents": schemas.Page[schemas.Line],
        "/tasks": schemas.Page[schemas.Task],
        "/register": schemas.Page[schemas.RegisterEntry],
        "/archive?q=礼仪": schemas.Page[schemas.Found],
        f"/documents/{id_}/movements": schemas.Page[schemas.Movement],
        f"/documents/{id_}/revisions": schemas.Page[schemas.Revision],
    }.items():
        for who in ("registrar", "clerk"):
            reply = people(who).get(path)
            assert reply.status == 200
            TypeAdapter(model).validate_json(reply.body)
            assert reply.json.get("items") != [] or path == "/tasks"


def test_a_list_is_leafed_through_with_its_cursor(people: Everybody) -> None:
    clerk = people("clerk")
    for path in ("/documents", "/register", "/archive"):
        whole = clerk.get(f"{path}?limit=200").json
        assert whole["next"] is None
        leafed, cursor = [], ""
        while cursor is not None:
            page = clerk.get(f"{path}?limit=2&cursor={cursor}").json
            assert page["total"] == whole["total"] == len(whole["items"])
            leafed += page["items"]
            cursor = page["next"]
        assert leafed == whole["items"]


def test_lists_are_narrowed_by_their_filters(people: Everybody) -> None:
    clerk = people("clerk")
    for path, field, value in (
        ("/documents?state=issued", "state", "issued"),
        ("/documents?type=函", "type", "函"),
        ("/documents?kind=notice", "kind", "notice"),
        ("/register?series=豫直文明办函", "series", "豫直文明办函"),
        ("/archive?type=函", "type", "函"),
    ):
        items = clerk.get(path).json["items"]
        assert {item[field] for item in items} == {value}
    assert clerk.get("/register?year=1999").json == {"items": [], "total": 0, "next": None}


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=x", "limit=-1", "limit=१", "cursor=x", "cursor=1e3", "cursor=-1"]
)
def test_a_limit_or_cursor_that_is_none_is_answered_422(people: Everybody, query: str) -> None:
    for path in ("/documents", "/tasks", "/register", "/archive"):
        reply = people("clerk").get(f"{path}?{query}")
        assert reply.status == 422
        assert reply.reasons


@pytest.mark.parametrize("year", ["x", "20", "999999999999", "2024.5", "-2024"])
def test_a_year_that_is_none_is_answered_422(people: Everybody, year: str) -> None:
    for path in ("/register", "/archive"):
        assert people("clerk").get(f"{path}?year={year}").status == 422


def test_reading_a_list_opens_nothing_and_showing_the_document_does(people: Everybody, draft: Any) -> None:
    id_ = draft["id"]
    version = people("drafter").act(id_, "submit", draft["version"]).json["version"]
    for path in ("/tasks", "/documents"):
        assert id_ in [item["id"] for item in people("unit_head").get(path).json["items"]]
    assert withdrawable(people, id_)
    shown = people("unit_head").document(id_)
    assert shown["version"] == version
    assert not withdrawable(people, id_)
    assert people("drafter").act(id_, "withdraw", version).status == 422


def withdrawable(people: Everybody, id_: str) -> bool:
    actions = people("drafter").document(id_)["actions"]
    return next(action["allowed"] for action in actions if action["name"] == "withdraw")


def test_after_sign_off_a_change_says_of_which_kind_it_is(people: Everybody, draft: Any) -> None:
    id_ = draft["id"]
    checking = people.bring_to(id_, "checking")
    clerk = people("clerk")
    spaced = checking["content"] | {"body": checking["content"]["body"].replace("\n二、", "\n\n二、")}
    assert clerk.write(id_, checking["version"], spaced).status == 422
    assert clerk.write(id_, checking["version"], spaced, "?change=mood").status == 422
    laid_out = clerk.write(id_, checking["version"], spaced, "?change=layout")
    assert (laid_out.status, laid_out.json["state"]) == (200, "checking")
    moved = spaced | {"body": spaced["body"].replace("第一", "第二")}
    refused = clerk.write(id_, laid_out.json["version"], moved, "?change=wording&reason=笔误")
    assert refused.status == 422
    again = clerk.write(id_, laid_out.json["version"], moved, "?change=substance&reason=换会议室")
    assert (again.status, again.json["state"]) == (200, "signing")
    kinds = [item["kind"] for item in clerk.get(f"/documents/{id_}/revisions").json["items"]]
    assert kinds == ["draft", "layout", "substance"]


def test_the_same_text_again_changes_no_version(people: Everybody, draft: Any) -> None:
    reply = people("drafter").write(draft["id"], draft["version"], draft["content"])
    assert reply.json == draft


def test_files_come_once_they_are_made(
    people: Everybody, draft: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = draft["id"]
    people.bring_to(id_, "printing")
    clerk = people("clerk")
    for format_ in ("docx", "pdf", "odt"):
        assert clerk.get(f"/documents/{id_}/files/{format_}").status == 404
    people.bring_to(id_, "sealing")
    making = clerk.get(f"/documents/{id_}/files/pdf")
    assert (making.status, making.headers["Retry-After"]) == (202, "3")
    monkeypatch.setattr(papers.pdf, "to_pdf", lambda docx, **_: b"%PDF-made of " + docx[:2])
    while jobs.work_one(papers.HANDLERS):
        pass
    made = clerk.get(f"/documents/{id_}/files/pdf")
    assert (made.status, made.body) == (200, b"%PDF-made of PK")
    assert made.headers["Content-Type"] == "application/pdf"
    same = clerk.get(f"/documents/{id_}/files/pdf", If_None_Match=made.headers["ETag"])
    assert (same.status, same.body) == (304, b"")
    assert [file["format"] for file in clerk.document(id_)["files"]] == ["docx", "pdf"]
    assert people("expert1").get(f"/documents/{id_}/files/docx").status == 404


def test_without_libreoffice_the_pdf_is_answered_503_and_the_docx_comes(
    people: Everybody, draft: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers.pdf, "converter", lambda: None)
    people.bring_to(draft["id"], "sealing")
    missing = people("clerk").get(f"/documents/{draft['id']}/files/pdf")
    assert missing.status == 503
    assert "LibreOffice" in missing.reasons[0]
    assert people("clerk").get(f"/documents/{draft['id']}/files/docx").status == 200


def test_only_people_of_the_office_draft(people: Everybody) -> None:
    for who in ("admin", "auditor", "unit1", "expert1"):
        refused = people(who).draft(texts.PLAIN)
        assert (refused.status, len(refused.reasons)) == (403, 1)
    unknown = people("drafter").call("POST", "/documents", {"kind": "ballad", "content": texts.PLAIN})
    assert unknown.status == 422


def test_cookies_let_nobody_into_the_api(office_app: Flask, sign_in: Any) -> None:
    assert sign_in("drafter").get("/api/v1/tasks").status_code == 401


def test_too_many_wrong_passwords_are_answered_429(
    people: Everybody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens.wrong, "most", 2)
    nobody = people.nobody()
    given = {"username": "nobody at all", "password": "x"}
    assert [nobody.call("POST", "/tokens", given).status for _ in range(4)] == [401, 401, 429, 429]
    refused = nobody.call("POST", "/tokens", given)
    assert refused.reasons
    assert int(refused.headers["Retry-After"]) > 0
    assert nobody.call("POST", "/tokens", {"username": "clerk", "password": PASSWORD}).status == 201


@pytest.mark.parametrize(
    "given",
    [
        {}, {"username": "clerk"}, {"username": 1, "password": "x"}, {"username": "clerk", "password": None},
        {"username": "clerk", "password": "x", "role": "admin"}, {"username": "", "password": "x"},
        {"username": "x" * 65, "password": "x"},
    ],
)  # fmt: skip
def test_a_request_for_a_token_says_what_is_wrong_with_it(people: Everybody, given: Any) -> None:
    reply = people.nobody().call("POST", "/tokens", given)
    assert reply.status == 422
    assert len(reply.reasons) == (2 if not given else 1)


def test_a_wrong_method_is_told_which_are_right(people: Everybody) -> None:
    reply = people("clerk").call("DELETE", "/documents")
    assert reply.status == 405
    assert {"GET", "POST"} <= set(reply.headers["Allow"].split(", "))
    assert people("clerk").get("/nowhere").status == 404


def test_the_description_answers_without_a_token_and_holds_together(office_app: Flask) -> None:
    reply = Caller(InProcess(office_app)).get("/openapi.json")
    assert (reply.status, reply.json["openapi"]) == (200, "3.1.0")
    described = {f"{method.upper()} {path}" for path, item in reply.json["paths"].items() for method in item}
    assert described == {
        f"{method} {rule.rule.removeprefix('/api/v1').replace('<', '{').replace('>', '}')}"
        for rule in office_app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    known = reply.json["components"]["schemas"]
    named = set(references(reply.json))
    assert named <= {f"#/components/schemas/{name}" for name in known}
    assert {f"#/components/schemas/{name}" for name in known} <= named
    content = known["Content"]
    assert set(content["required"]) == {"type", "title", "body"}
    assert content["additionalProperties"] is False
    for item in reply.json["paths"].values():
        for operation in item.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    assert list(answer["content"]) == ["application/problem+json"]


def references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for value in node.values() for found in references(value)]
    return [found for value in node for found in references(value)] if isinstance(node, list) else []
