"""Whatever is sent is taken whole or refused with a reason; nothing makes the server fail."""

import io
import itertools
import shutil
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask import Flask

from tests.web.api import texts
from tests.web.api.caller import Everybody, InProcess
from tests.web.conftest import open_app, settings_in
from workflow.installation import here

pytestmark = pytest.mark.no_cover  # many tries of what other tests cover; tracing doubles their time

REFUSED = {
    "NUL": "甲\0乙",
    "control": "甲\x07乙",
    "escape": "\x1b[31m红",
    "delete": "甲\x7f乙",
    "C1 control": "甲\x85\x9f乙",
    "non-character": "甲\ufffe乙",
    "non-character beyond": "甲\U0001fffe乙",
    "right to left override": "甲\u202e乙",
    "isolate": "甲\u2066乙\u2069",
    "combining without end": "e" + "\u0301\u0317" * 20,
}
TAKEN = {
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": "\" onmouseover='alert(1)",
    "SQL": "'); DROP TABLE documents; --",
    "template": "{{7*7}} ${7*7} {% raw %}",
    "format": "%s %(name)s %n {0} {__class__}",
    "XML": "]]><w:p/>&lt;&#0;&amp;",
    "path": "../../etc/passwd C:\\x",
    "like": "100%_\\",
    "backslashes": "\\u0000 \\ud800 \\x00",
    "rare": "𠮷野家 㐂 \U0002a6d6",
    "emoji": "好👍🏽",
    "CRLF in a header": "甲 Set-Cookie: a=b",
    "keeping secrets": "保守国家秘密，人人有责",
    "spreadsheet": "=cmd|'/c calc'!A0",
}
SECRET = {
    "mark": "绝密★一年",
    "mark apart": "机密 ★",
    "in a sentence": "此件属秘密★长期，请妥为保管",
}
FIELDS = (
    "title", "body", "addressees", "copy_to", "note", "issued_text.title", "issued_text.body",
    "attachments.title", "attachments.body", "basis", "contact", "distribution",
)  # fmt: skip
ONE_LINE = {"title", "note", "issued_text.title", "attachments.title"}
NOT_TEXTS = [1, 1.5, True, [], {}, [1], {"zh": "x"}]


@pytest.fixture(scope="module")
def people(loaded_office: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everybody]:
    """Yield one office for all of these: what is refused leaves nothing behind."""
    data = tmp_path_factory.mktemp("bad") / "office"
    shutil.copytree(loaded_office, data)
    app: Flask = open_app(settings_in(data))
    app.testing = False  # what fails is to be answered 500, and found here
    yield Everybody(InProcess(app))
    here().database.dispose()


def with_field(field: str, value: Any) -> dict[str, Any]:
    content = {**texts.ISSUING, "issued_text": {**texts.ISSUING["issued_text"]}}
    outer, _, inner = field.partition(".")
    if outer == "attachments":
        content["attachments"] = [{**texts.ISSUING["attachments"][0], inner: value}]
    elif inner:
        content[outer][inner] = value
    else:
        content[outer] = value
    return content


@pytest.mark.parametrize("field", [*FIELDS, "type", "urgency", "agency"])
@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_printed_is_refused_in_every_field(people: Everybody, field: str, value: str) -> None:
    reply = people("drafter").draft(with_field(field, value))
    assert reply.status == 422, reply.body
    assert any(reason.startswith(field.split(".")[0]) for reason in reply.reasons)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", SECRET.values(), ids=SECRET.keys())
def test_a_secrecy_mark_is_refused_with_advice(people: Everybody, field: str, value: str) -> None:
    reply = people("drafter", "en").draft(with_field(field, value))
    assert reply.status == 422
    assert "use the classified channel" in " ".join(reply.reasons)


@pytest.mark.parametrize("value", ["秘密", "绝密", "", 0, False, [], "内部"])
def test_any_classification_is_refused_with_advice(people: Everybody, value: Any) -> None:
    reply = people("drafter").draft(texts.PLAIN | {"classification": value})
    assert reply.status == 422
    assert "涉密" in " ".join(reply.reasons)


@pytest.mark.parametrize("value", TAKEN.values(), ids=TAKEN.keys())
def test_strange_but_honest_text_is_kept_and_printed_as_it_is(people: Everybody, value: str) -> None:
    content = texts.PLAIN
    for field in FIELDS:
        content = {**content, **_part(with_field(field, value), field)}
    content = {**content, "issued_text": None, "attachments": [{"title": value, "body": f"首行。\n{value}"}]}
    content["body"] = f"开头一段。\n{value}"
    begun = people("drafter").draft(content)
    assert begun.status == 201, begun.body
    id_ = begun.json["id"]
    kept = begun.json["content"]
    assert {kept["title"], kept["note"]} == {value}
    printed = people.bring_to(id_, "sealing")
    docx = people("clerk").get(printed["files"][0]["href"].removeprefix("/api/v1"))
    words = text_of(docx.body)
    assert words.count(squeezed(value)) >= 4, words
    for path in (f"/archive?q={quote(value)}", "/documents", "/register"):
        assert people("clerk").get(path).status == 200


def _part(content: dict[str, Any], field: str) -> dict[str, Any]:
    outer = field.partition(".")[0]
    return {outer: content[outer]}


def text_of(docx: bytes) -> str:
    """Return all the words of a DOCX, without blanks."""
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        parts = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
        trees = [ElementTree.fromstring(package.read(name)) for name in parts]
    return squeezed("".join(node.text or "" for tree in trees for node in tree.iter(w)))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("field", [*FIELDS, "type", "urgency", "agency"])
def test_what_is_no_text_is_refused_where_a_text_belongs(people: Everybody, field: str) -> None:
    for value in NOT_TEXTS:
        if field in ("addressees", "copy_to", "distribution") and value == []:
            continue
        reply = people("drafter").draft(with_field(field, value))
        assert reply.status == 422, (field, value)
        assert reply.reasons


@pytest.mark.parametrize(
    "change",
    [
        {"number": "豫直文明办〔2024〕4号"}, {"dated": "2024-04-07"}, {"signature": "x"}, {"titel": "x"},
        {"<script>": 1}, {"\0": 1}, {"": 1}, {"__class__": {}}, {"seal": "yes"}, {"seal": 1},
        {"urgency": "火急"}, {"type": "诗"}, {"type": ""}, {"title": ""}, {"title": " \t "}, {"body": "\n\n"},
        {"title": "两\n行"}, {"title": "长" * 201}, {"body": "长" * 100_001}, {"agency": "别的机关"},
        {"attachments": {}}, {"attachments": [1]}, {"attachments": [{"title": "x"}]},
        {"attachments": [{"title": "x", "body": "y", "href": "z"}]}, {"issued_text": [1]},
        {"attachments": [{"title": "x", "body": "y"}] * 51},
    ],
)  # fmt: skip
def test_content_that_is_none_is_refused(people: Everybody, change: dict[str, Any]) -> None:
    reply = people("drafter").draft(texts.PLAIN | change)
    assert reply.status == 422, reply.body
    assert reply.reasons


@pytest.mark.parametrize("content", [None, 1, "x", [], [texts.PLAIN]])
def test_content_that_is_no_object_is_refused(people: Everybody, content: Any) -> None:
    reply = people("drafter").call("POST", "/documents", {"kind": "notice", "content": content})
    assert reply.status == 422


def test_every_problem_is_told_at_once(people: Everybody) -> None:
    reply = people("drafter").draft({"type": "诗", "title": "", "body": "\0", "seal": 3, "x": 1})
    assert len(reply.reasons) == 5


HOSTILE_INPUTS = {
    "comment": [*REFUSED.values(), 1, [], {}, "长" * 2001],
    "copies": [0, -1, 1.5, "x", "1e3", 100_001, 10**30, True, [], {}, "١"],
    "year": ["x", 1900, -1, [], {}, True, "2024; DROP", "\0"],
    "restricted": ["yes", 1, [], {}, "\0"],
    "distribution": [1, [], {}, "甲\0乙", "甲\u202e乙"],
    "no such thing": [None, 1, "x"],
}


@pytest.mark.parametrize("name", HOSTILE_INPUTS)
def test_an_input_that_is_none_is_refused_and_changes_nothing(people: Everybody, name: str) -> None:
    id_ = people("drafter").draft(texts.PLAIN).json["id"]
    before = people.bring_to(id_, "registration")
    for value in HOSTILE_INPUTS[name]:
        reply = people("registrar").act(id_, "register", before["version"], {name: value})
        assert reply.status == 422, (value, reply.body)
        assert reply.reasons
    assert people("registrar").document(id_)["version"] == before["version"]


def test_people_that_are_none_cannot_be_chosen(people: Everybody) -> None:
    draft = people("drafter").draft(texts.PLAIN).json
    for value in (
        "clerk", [1], [["clerk"]], ["nobody at all"], ["unit1"], ["admin"], ["drafter"], ["clerk\0"],
        ["cle\u202erk"], [{}], {"clerk": 1},
    ):  # fmt: skip
        reply = people("drafter").act(draft["id"], "submit", draft["version"], {"countersigners": value})
        assert reply.status == 422, (value, reply.body)
        assert reply.reasons


@pytest.mark.parametrize("value", [*REFUSED.values(), *TAKEN.values()])
def test_no_query_makes_the_server_fail(people: Everybody, value: str) -> None:
    path = f"/documents/{people('drafter').draft(texts.PLAIN).json['id']}"
    said = quote(value)
    for address, name in itertools.chain(
        (("/documents", name) for name in ("kind", "state", "type", "limit", "cursor")),
        (("/register", name) for name in ("series", "year")),
        (("/archive", name) for name in ("q", "type", "year")),
    ):
        reply = people("clerk").get(f"{address}?{name}={said}")
        assert reply.status in (200, 422), reply.body
    for address in (f"/documents/{said}", f"{path}/files/{said}", f"{path}/actions/{said}"):
        method = "POST" if "actions" in address else "GET"
        reply = people("drafter").call(method, address, {} if method == "POST" else None, If_Match='"1"')
        assert reply.status in (404, 409), (address, reply.body)
    changed = people("drafter").call(
        "PUT", f"{path}/content?reason={said}&change={said}", texts.URGENT, If_Match='"1"'
    )
    assert changed.status == 422


def test_the_advice_on_a_query_is_not_a_refusal_of_ordinary_blanks(people: Everybody) -> None:
    assert people("clerk").get("/archive?q=文明　业务").status == 200
