"""Pictures in the editor: sent with scripts and without, shown to those who may see them, laid out."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from docgen.picture import size_of
from docgen.render import render
from tests.docgen.pictures import PLACE, photo, pictured
from tests.docgen.twin import PARTICULARS
from tests.files import OLE, xlsx_file
from tests.web.browsing import filled, form_to, send, text_of
from tests.web.test_editor import content_of, id_in
from workflow import archive

SignIn = Callable[[str], FlaskClient]

JPEG, PNG = photo(turned=6), photo(kind="PNG")


@pytest.fixture(scope="module")
def sign_in(one_sign_in: SignIn) -> SignIn:
    return one_sign_in


def upload(data: bytes, name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(data), name


def blank(drafter: FlaskClient) -> Any:
    return form_to(drafter.get("/documents/new"), "/documents/new")


def with_pictures(drafter: FlaskClient, body: str, **fields: Any) -> Any:
    """Send the form of a new document with pictures; return the answer."""
    values = filled(blank(drafter), title="关于布置会场的通知", body=body, addressees="省直各单位", **fields)
    return drafter.post("/documents/new", data=values)


def thumbnails(answer: Any) -> list[str]:
    images = html.fromstring(answer.text).xpath("//ul[@data-pictures]//img[@src]")
    return [str(image.get("src")) for image in images]


def test_a_form_without_scripts_brings_pictures_along(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    two = [upload(JPEG, "现场.jpg"), upload(PNG, "现场.jpg"), upload(PNG, "现场.png")]
    answer = with_pictures(drafter, "甲。\n![图1](现场.jpg)", picture_uploads=two)
    document = id_in(answer.location)
    kept: Any = content_of(document)["pictures"]
    assert [one["name"] for one in kept] == ["现场.jpg", "现场.jpg.png", "现场.png"]
    assert PLACE not in archive.read(kept[0]["sha256"])
    assert size_of(archive.read(kept[0]["sha256"])) == (80, 120)
    page = drafter.get(f"/documents/{document}/edit")
    assert "正文中还没有它的位置" in text_of(page, "//ul[@data-pictures]")
    assert send(drafter, form_to(page, "/edit"), do="unpicture:1").status_code == 200
    for source in thumbnails(page):
        assert drafter.get(source).mimetype == "image/jpeg"
    shown = drafter.get(f"/documents/{document}")
    assert "〔图片：图1 现场.jpg〕" in shown.text
    got = drafter.get(f"/documents/{document}/pictures/1")
    assert (got.mimetype, got.data) == ("image/jpeg", archive.read(kept[0]["sha256"]))


def test_a_line_without_its_picture_is_told_and_a_refused_picture_too(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    answer = with_pictures(drafter, "甲。\n![](没有.png)")
    assert answer.status_code == 422
    assert "没有.png" in text_of(answer, "//*[@id='problem-body']")
    files = [upload(OLE, "旧图.wmf"), upload(xlsx_file(), "表.xlsx"), upload(PNG, "好.png")]
    refused = with_pictures(drafter, "甲。", picture_uploads=files)
    assert refused.status_code == 422
    told = text_of(refused, "//*[@id='problem-pictures']")
    assert "旧图.wmf" in told
    assert "表.xlsx" in told
    assert "好.png" in filled(form_to(refused, "/documents/new"))["picture_file"]


def sent(drafter: FlaskClient, data: bytes, name: str, **fields: Any) -> Any:
    token = filled(blank(drafter))["csrf_token"]
    form = {"csrf_token": token, "file": upload(data, name), "as": "picture", **fields}
    return drafter.post("/uploads", data=form)


def test_a_script_sends_a_picture_which_gets_a_name_of_its_own(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    first = sent(drafter, PNG, "图1.png").get_json()
    again = sent(drafter, JPEG, "图1.jpeg", other=["图1.jpeg", "图1-2.jpeg"]).get_json()
    assert (first["name"], again["name"]) == ("图1.png", "图1-3.jpeg")
    refused = sent(drafter, b"GIF89a", "动.gif")
    assert (refused.status_code, refused.get_json()["reasons"]) == (422, ["动.gif不是PNG或JPEG格式。"])


def test_nobody_sees_anothers_picture_by_its_hash(sign_in: SignIn) -> None:
    drafter, other = sign_in("drafter"), sign_in("countersigner1")
    file = sent(drafter, photo(60, 60), "密.jpg").get_json()
    assert drafter.get("/uploads/thumbnail", query_string=file).status_code == 200
    assert other.get("/uploads/thumbnail", query_string=file).status_code == 404
    for wrong in ({**file, "name": "别名.jpg"}, {**file, "size": 1}, {}, {**file, "document": "0" * 16}):
        assert drafter.get("/uploads/thumbnail", query_string=wrong).status_code == 404
    form = filled(blank(other), title="甲的通知", body="甲。\n![](密.jpg)", picture_file=json.dumps(file))
    answer = other.post("/preview", data=form).get_json()
    assert answer["state"] == "incomplete"
    assert "密.jpg" in json.dumps(answer, ensure_ascii=False)
    assert other.post("/documents/new", data=form).status_code == 422


def test_what_is_typed_is_laid_out_with_its_pictures(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    file = sent(drafter, PNG, "图1.png").get_json()
    form = filled(blank(drafter), title="甲的通知", body="甲。\n![](图1.png)", picture_file=json.dumps(file))
    assert drafter.post("/preview", data=form).get_json()["state"] in ("making", "unavailable")
    document = id_in(drafter.post("/documents/new", data=form).location)
    reviewer = sign_in("unit_head")
    send(drafter, form_to(drafter.get(f"/documents/{document}"), "/submit"))
    page = reviewer.get(f"/documents/{document}/edit")
    (source,) = thumbnails(page)
    assert reviewer.get(source).status_code == 200
    values = filled(form_to(page, "/edit"), body="乙。\n![](图1.png)")
    answer = reviewer.post(f"/preview?document={document}", data=values)
    assert answer.get_json()["state"] in ("making", "unavailable")
    assert reviewer.post("/preview", data=values).get_json()["state"] == "incomplete"


def test_a_draft_that_is_taken_in_brings_its_pictures(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    content, data = pictured("甲。\n![图1 会场](甲.png)", {"甲.png": PNG})
    docx = render(content, PARTICULARS, pictures=data)
    values = {**filled(blank(drafter)), "do": "intake", "draft_file": upload(docx, "草稿.docx")}
    page = drafter.post("/documents/new", data=values)
    form = form_to(page, "/documents/new")
    assert "![图1 会场](甲.png)" in filled(form)["body"]
    assert drafter.get(thumbnails(page)[0]).status_code == 200
    document = id_in(drafter.post("/documents/new", data=filled(form)).location)
    assert content_of(document)["pictures"] == content.to_dict()["pictures"]


@pytest.fixture
def runner(sign_in: SignIn) -> Any:
    return sign_in("drafter").application.test_cli_runner()


def test_the_commands_take_pictures_from_a_folder_and_write_them(runner: Any, tmp_path: Path) -> None:
    content, data = pictured("甲。\n![图1](甲.png)", {"甲.png": PNG})
    (tmp_path / "甲.png").write_bytes(*data.values())
    given = {"content": {**content.to_dict(), "pictures": [{"name": "甲.png"}], "agency": "某办"}}
    source, target = tmp_path / "in.json", tmp_path / "out.docx"
    source.write_text(json.dumps(given), encoding="utf-8")
    assert runner.invoke(args=["docgen", "render", str(source), str(target)]).exit_code == 0
    folder = tmp_path / "new" / "pictures"
    done = runner.invoke(args=["docgen", "intake", str(target), "--pictures", str(folder)])
    assert json.loads(done.stdout)["content"]["pictures"] == content.to_dict()["pictures"]
    assert [path.read_bytes() for path in folder.iterdir()] == list(data.values())
    wrong = runner.invoke(
        args=["docgen", "render", str(source), str(target), "--pictures", str(folder.parent)]
    )
    assert (wrong.exit_code, "甲.png" in wrong.output) == (1, True)
