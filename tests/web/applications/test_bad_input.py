"""Whatever is sent to the pages of campaigns, applications and titles is taken or refused; nothing fails."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from lxml.html import FormElement
from openpyxl import Workbook
from sqlalchemy import update

from tests.web.api.test_bad_input import REFUSED, TAKEN
from tests.web.applications.applied import OURS, Applied
from tests.web.applications.calling import PREFIX, Callers, calls, path_of
from tests.web.browsing import filled, forms, text_of
from tests.web.stand import changes, sqlite
from workflow import clock
from workflow.installation import write_tx
from workflow.models import PublicNotice

pytestmark = pytest.mark.no_cover  # many tries of what other tests cover; tracing doubles their time

NEW = ("/applications", "/assessments", "/campaigns", "/applicants", "/indicators", "/portal", "/titles")
NEW += ("/public", "/recommendations", "/due-lists")
TYPED = {None, "text", "search", "tel", "email", "number", "date", "datetime-local", "time"}
LONG = "长" * 60_000
HOSTILE = [REFUSED["NUL"], REFUSED["control"], REFUSED["right to left override"], LONG, "-1", "1e309", "٣"]


def typed_fields(form: FormElement) -> list[str]:
    """Return the names of a form's fields in which somebody types."""
    return [
        field.name
        for field in form.inputs
        if field.name and (field.tag == "textarea" or (field.tag == "input" and field.get("type") in TYPED))
    ]


def shown_forms(applied: Applied, callers: Callers, who: str) -> Iterator[FormElement]:
    """Yield the forms of all new pages that somebody sees, those for sending once."""
    known = set()
    for method, rule in sorted(calls(applied.app)):
        if method == "GET" and rule.startswith(NEW):
            with callers.call(who, "GET", path_of(rule, applied)) as reply:
                if reply.status_code == 200 and reply.mimetype == "text/html":
                    for form in forms(reply):
                        where = form.action or path_of(rule, applied)
                        if form.method == "POST" and where.startswith(NEW) and where not in known:
                            known.add(where)
                            form.action = where
                            yield form


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("who", "place", "values"),
    [
        ("nobody", "public_notice", HOSTILE[:1]),
        ("expert2", "half_judged", HOSTILE[:1]),
        *(
            pytest.param(who, place, [*HOSTILE, *TAKEN.values()], marks=pytest.mark.long)
            for who, place in (
                ("unit1", "draft"),
                ("unit1", "amendment"),
                ("body1", "recommendation"),
                ("expert2", "half_judged"),
                ("clerk", "qualification"),
                ("clerk", "spoken_of"),
                ("nobody", "public_notice"),
            )
        ),
    ],
)
def test_no_form_fails_or_keeps_what_cannot_be_written(
    applied: Applied, who: str, place: str, values: list[str]
) -> None:
    applied.at(place)
    callers = Callers(applied, () if who == "nobody" else (who,))
    tried = 0
    if who == "nobody":
        let_objections_in(applied)
    for form in list(shown_forms(applied, callers, who)):
        fields = typed_fields(form)
        for value in values if fields else ():
            sent = filled(form, key=None, **dict.fromkeys(fields, value))
            reply = callers.clients[who].post(form.action, data=sent)
            tried += 1
            assert reply.status_code < 500, (form.action, value[:9])
            if reply.status_code >= 400 and reply.mimetype == "text/html":
                assert text_of(reply, "//main"), (form.action, value[:9])
            if value in HOSTILE[:3]:
                assert not kept(applied, value), (form.action, value)
            if reply.status_code < 400:
                applied.put_back(OURS, place)
                if who == "nobody":
                    let_objections_in(applied)
    assert tried


def let_objections_in(applied: Applied) -> None:
    """Let the public notice run until today."""
    with write_tx() as session:
        session.execute(update(PublicNotice).values(last_day=clock.today()))


def kept(applied: Applied, value: str) -> bool:
    """Tell whether a text that nobody may enter stands anywhere in the database."""
    raw = {path: path.read_bytes() for path in applied.data.glob("hongtou.db*") if "kept" not in path.name}
    return any(value.encode() in data for data in raw.values())


@pytest.mark.long
def test_no_form_is_taken_without_its_token(applied: Applied) -> None:
    applied.at("spoken_of")
    callers = Callers(applied, ("clerk",))
    for method, rule in calls(applied.app):
        if method == "POST" and not rule.startswith(PREFIX):
            with closing(sqlite.connect(applied.path)) as watch:
                before = changes(watch)
                path = path_of(rule, applied)
                reply = callers.clients["clerk"].post(path, data={"comment": "理由", "csrf_token": "x"})
                assert reply.status_code == 400, rule
                assert changes(watch) == before, rule


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return kept.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
BOOKS = {
    "nothing": b"",
    "no workbook": b"%PDF-1.4 nothing",
    "cut off": workbook(("单位名称", "统一社会信用代码"))[:900],
    "a bomb": packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": bytes(60_000_000)}),
    "many parts": packed({f"xl/{n}.xml": b"" for n in range(4000)}),
    "entities": packed({"[Content_Types].xml": ENTITIES, "xl/workbook.xml": ENTITIES}),
    "formulas": workbook(("单位名称",), ('=HYPERLINK("http://x")',), ("=1+1",)),
    "another's": workbook(("甲", "乙"), ("丙\u202e", 1)),
}
IMPORTS = (
    ("/campaigns/{campaign}/import", "workbook"),
    ("/campaigns/{campaign}/survey", "file"),
    ("/applicants/import", "workbook"),
    ("/titles/import", "workbook"),
    ("/indicators/{set}/import", "workbook"),
)


@pytest.mark.parametrize(
    "name", [one if one == "a bomb" else pytest.param(one, marks=pytest.mark.long) for one in BOOKS]
)
def test_a_workbook_that_is_none_is_refused_and_writes_nothing(applied: Applied, name: str) -> None:
    applied.at("spoken_of")
    callers = Callers(applied, ("clerk",))
    for address, field in IMPORTS:
        path = address.format(campaign=applied.campaign, set=applied.found["set"])
        with closing(sqlite.connect(applied.path)) as watch:
            before = changes(watch)
            file = (io.BytesIO(BOOKS[name]), "单位.xlsx")
            sent = {"csrf_token": callers.tokens["clerk"], field: file}
            reply = callers.clients["clerk"].post(path, data=sent, content_type="multipart/form-data")
            assert reply.status_code == 422, (path, reply.status_code)
            assert text_of(reply, "//main//*[@role='alert' or @role='status'] | //main//table"), path
            assert changes(watch) == before, path
