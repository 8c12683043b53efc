"""Any document goes through to 办结 for a driver that knows no step by heart."""

import hashlib
from typing import Any
from urllib.parse import unquote

import pytest

from tests.web.api import texts
from tests.web.api.caller import Everybody

BOTH = ["countersigner1", "countersigner2"]
LINE = [
    "draft", "unit_review", "office_review", "signing", "checking",
    "registration", "printing", "sealing", "dispatch", "issued",
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "inputs", "besides", "without", "series"),
    [
        (texts.PLAIN, {}, set(), set(), "豫直文明办"),
        (texts.PLAIN, {"countersigners": BOTH}, {"countersign"}, set(), "豫直文明办"),
        (texts.URGENT, {}, {"leader_review"}, set(), "豫直文明办"),
        (texts.UNSEALED, {}, set(), {"sealing"}, "豫直文明办"),
        (texts.BY_THE_COMMITTEE, {}, set(), set(), "豫直文明委"),
        (texts.ISSUING, {}, set(), set(), "豫直文明办"),
        (texts.PLAIN | {"type": "函"}, {}, set(), set(), "豫直文明办函"),
    ],
    ids=["plain", "countersigned", "urgent", "without seal", "by the committee", "issuing a text", "letter"],
)
def test_a_document_goes_through_to_issued(
    people: Everybody,
    content: dict[str, Any],
    inputs: dict[str, Any],
    besides: set[str],
    without: set[str],
    series: str,
) -> None:
    begun = people("drafter").draft(content)
    assert begun.status == 201
    id_ = begun.json["id"]
    assert begun.headers["Location"] == f"/api/v1/documents/{id_}"
    issued = people.bring_to(id_, "issued", **inputs)
    moves = people("drafter").get(f"/documents/{id_}/movements").json["items"]
    stood_at = {move["from"] for move in moves if move["action"] != "skip"} - {""}
    assert stood_at == (set(LINE) | besides) - without - {"issued"}
    assert issued["number"].startswith(f"{series}〔")
    assert issued["dated"]
    entry = people("registrar").get("/register").json["items"]
    assert [e["document_id"] for e in entry if e["number"] == issued["number"]] == [id_]

    docx = people("drafter").get(issued["files"][0]["href"].removeprefix("/api/v1"))
    assert docx.status == 200
    sha256 = hashlib.sha256(docx.body).hexdigest()
    assert issued["files"][0]["sha256"] == sha256
    assert docx.headers["ETag"] == f'"{sha256}"'
    assert docx.headers["X-Content-Type-Options"] == "nosniff"
    name = unquote(docx.headers["Content-Disposition"].partition("filename*=UTF-8''")[2])
    assert name == f"{issued['number']} {content['title']}.docx"
    found = people("drafter").get(f"/archive?q={issued['number']}").json
    assert [item["id"] for item in found["items"]] == [id_]


def test_both_countersigners_must_consent_before_it_goes_on(people: Everybody) -> None:
    id_ = people("drafter").draft(texts.PLAIN).json["id"]
    version = people.bring_to(id_, "countersign", countersigners=BOTH)["version"]
    first = people("countersigner1").act(id_, "countersign", version, {"comment": "同意"})
    assert first.json["state"] == "countersign"
    again = people("countersigner1").act(id_, "countersign", first.json["version"])
    assert again.status == 403
    second = people("countersigner2").act(id_, "countersign", first.json["version"])
    assert second.json["state"] == "office_review"


def test_every_movement_names_people_and_holds_the_hash_of_the_one_before(people: Everybody) -> None:
    id_ = people("drafter").draft(texts.PLAIN).json["id"]
    people.bring_to(id_, "issued")
    moves = people("drafter").get(f"/documents/{id_}/movements").json["items"]
    assert [move["prev"] for move in moves] == [None, *(move["hash"] for move in moves[:-1])]
    assert all(move["at"].endswith("+08:00") for move in moves)
    assert {move["actor"] for move in moves} == {"drafter", "unit_head", "clerk", "signatory", "registrar"}
    revisions = people("drafter").get(f"/documents/{id_}/revisions").json
    assert [(r["n"], r["author"], r["kind"]) for r in revisions["items"]] == [(1, "drafter", "draft")]
    assert {move["content_sha256"] for move in moves} == {revisions["items"][0]["content_sha256"]}
