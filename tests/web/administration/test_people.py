"""The administrator's pages of units, posts, people and handovers, as a browser without scripts uses them."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.web.browsing import filled, form_to, text_of
from workflow import logins
from workflow.installation import here
from workflow.models import Handover, Post, Task, Unit, User

SignIn = Callable[..., FlaskClient]
PAGES = (
    "/administration/units",
    "/administration/units/1",
    "/administration/people",
    "/administration/people/clerk",
    "/administration/people/clerk/handover",
    "/administration/people/clerk/signature",
    "/administration/new-person",
    "/administration/handovers",
)


@pytest.fixture
def admin(sign_in: SignIn) -> FlaskClient:
    return sign_in("admin")


def do(client: FlaskClient, page: str, form: str, **given: Any) -> TestResponse:
    """Fill in a page's form and send it; follow where that leads."""
    return client.post(
        (found := form_to(client.get(page), form)).action, data=filled(found, **given), follow_redirects=True
    )


def told(page: TestResponse) -> str:
    return text_of(page, "//main//*[contains(@class, 'told')]")


def id_of(model: type[Unit | Post], **columns: str) -> int:
    with here().database.read_tx() as session:
        return session.scalars(select(model.id).filter_by(**columns)).one()


def open_tasks(username: str) -> int:
    with here().database.read_tx() as session:
        found = select(Task).join(User, User.id == Task.user_id)
        return len(session.scalars(found.where(User.username == username, Task.closed_at.is_(None))).all())


def test_the_pages_are_the_administrator_s_alone(sign_in: SignIn) -> None:
    for who in ("unit_head", "auditor"):
        client = sign_in(who)
        assert [client.get(page).status_code for page in PAGES] == [403] * len(PAGES)
        token = form_to(client.get("/password"), "/password").fields["csrf_token"]
        for path in ("new-person", "units", "posts", "people/clerk/password", "people/clerk/handover"):
            sent = client.post(f"/administration/{path}", data={"csrf_token": token})
            assert sent.status_code == 403, path


def test_a_new_colleague_gets_an_account_a_post_and_a_password_shown_once(
    admin: FlaskClient, sign_in: SignIn
) -> None:
    refused = do(admin, "/administration/new-person", "/new-person", username="Li Si", name="李某")
    assert "用户名为2至32个小写字母" in told(refused)
    assert form_to(refused, "/new-person").fields["name"] == "李某"
    page = do(admin, "/administration/new-person", "/new-person", username="lisi", name="李某")
    password = text_of(page, "//code[@class='one-time']")
    assert re.fullmatch(r"(?:[a-z2-9]{4}-){3}[a-z2-9]{4}", password)
    assert password not in admin.get("/administration/people/lisi").text
    post = id_of(Post, title="综合处拟稿人")
    page = do(admin, "/administration/people/lisi", "/people/lisi/posts", post_id=str(post))
    assert "综合处拟稿人" in text_of(page, "//section[@id='posts']")
    assert sign_in("lisi", password=password).get("/").location == "/password"


def test_a_unit_is_added_renamed_moved_and_given_a_post_and_a_leader(admin: FlaskClient) -> None:
    page = do(admin, "/administration/units", "/units", name="联络处", internal="yes", agency="wmb")
    unit = id_of(Unit, name="联络处")
    assert page.request.path == f"/administration/units/{unit}"
    address = page.request.path
    page = do(admin, address, "/posts", code="drafter", title="联络处拟稿人")
    assert "联络处拟稿人" in text_of(page, "//section[@id='posts']")
    page = do(admin, address, "/leaders", username="deputy")
    assert "分管领导" in text_of(page, "//section[@id='leaders']")
    page = do(admin, address, "/leaders/deputy/relieve")
    assert "未设分管领导" in text_of(page, "//section[@id='leaders']")
    page = do(admin, address, f"/units/{unit}", name="联络一处")
    assert "联络一处" in text_of(page, "//h1")
    refused = do(admin, address, f"/units/{unit}", name="综合处")
    assert "已有部门“综合处”" in told(refused)
    page = do(admin, "/administration/units", f"/units/{unit}/move", to="up")
    names = text_of(page, "//section//h2/a").split()
    assert names.index("联络一处") == len(names) - 2


def test_a_post_changes_hands_and_gets_a_stand_in(admin: FlaskClient) -> None:
    post, unit = id_of(Post, title="办公室文秘"), id_of(Unit, name="办公室")
    address = f"/administration/units/{unit}"
    page = do(admin, address, f"/posts/{post}/holders", username="archivist")
    assert "档案员" in text_of(page, f"//div[@id='post-{post}']")
    page = do(admin, address, f"/posts/{post}/holders/clerk/dismiss")
    assert "文秘" not in text_of(page, f"//div[@id='post-{post}']//form[@class='holding']/a")
    page = do(admin, address, f"/posts/{post}", title="办公室秘书", stand_in="registrar")
    assert "空缺时由登记员代行" in text_of(page, f"//div[@id='post-{post}']")
    assert open_tasks("clerk") == 0
    assert open_tasks("archivist") > 0
    refused = do(admin, "/administration/units", f"/posts/{id_of(Post, code='admin')}/holders/admin/dismiss")
    assert "最后一名系统管理员" in told(refused)


def test_a_locked_account_is_seen_and_unlocked(
    admin: FlaskClient, client: FlaskClient, sign_in: SignIn
) -> None:
    token = form_to(client.get("/sign-in"), "/sign-in").fields["csrf_token"]
    for _ in range(logins.TRIES):
        client.post("/sign-in", data={"username": "clerk", "password": "x", "csrf_token": token})
    page = admin.get("/administration/people?state=locked")
    assert "clerk" in text_of(page, "//main//tbody")
    assert "drafter" not in text_of(page, "//main//tbody")
    assert "锁定至" in admin.get("/administration/people/clerk").text
    do(admin, "/administration/people/clerk", "/people/clerk/unlock")
    assert sign_in("clerk").get("/").status_code == 200


def test_a_new_one_time_password_signs_the_person_out(admin: FlaskClient, sign_in: SignIn) -> None:
    clerk = sign_in("clerk")
    page = do(admin, "/administration/people/clerk", "/people/clerk/password")
    assert clerk.get("/").location.startswith("/sign-in")
    assert sign_in("clerk", password=text_of(page, "//code[@class='one-time']")).get("/").status_code == 302
    assert "/admin/password" not in admin.get("/administration/people/admin").text


def test_a_signature_s_picture_is_kept_and_shown_to_the_administrator(
    admin: FlaskClient, sign_in: SignIn
) -> None:
    written = io.BytesIO()
    Image.new("RGB", (300, 120), "white").save(written, "JPEG")
    page = admin.get("/administration/people/signatory")
    form = form_to(page, "/people/signatory/signature")
    sent = {**filled(form, picture=None), "picture": (io.BytesIO(written.getvalue()), "签名.jpg")}
    assert admin.post(form.action, data=sent).status_code == 302
    shown = admin.get("/administration/people/signatory/signature")
    assert shown.mimetype == "image/png"
    assert Image.open(io.BytesIO(shown.data)).size == (300, 120)
    assert sign_in("signatory").get("/administration/people/signatory/signature").status_code == 403
    sent["picture"] = (io.BytesIO(b"no picture"), "签名.png")
    refused = admin.post(form.action, data=sent)
    assert refused.status_code == 422
    assert "图片" in told(refused)
    do(admin, "/administration/people/signatory", "/signature/remove")
    assert admin.get("/administration/people/signatory/signature").status_code == 404


def test_who_leaves_hands_work_over_and_is_out_at_once(admin: FlaskClient, sign_in: SignIn) -> None:
    leaver = sign_in("unit_head")
    waiting, before = open_tasks("unit_head"), open_tasks("archivist")
    address = "/administration/people/unit_head/handover"
    page = admin.get(address)
    ticked = form_to(page, "/handover")
    assert "关于" not in text_of(page, "//table")  # the titles are not for the administrator to see
    assert len(ticked.xpath(".//input[@name='line' and @checked]")) >= waiting > 0
    refused = admin.post(
        address, data=filled(ticked, successor="archivist", reason=" ", close="yes", do="ticked")
    )
    assert refused.status_code == 422
    assert "请填写原因" in told(refused)
    assert form_to(refused, "/handover").fields["successor"] == "archivist"
    done = admin.post(
        address,
        data=filled(ticked, successor="archivist", reason="调离本处。", close="yes", do="ticked"),
        follow_redirects=True,
    )
    assert "交接给档案员" in told(done)
    assert leaver.get("/").location.startswith("/sign-in")
    assert (open_tasks("unit_head"), open_tasks("archivist")) == (0, before + waiting)
    assert "已停用" in text_of(done, "//h1/..")
    listed = admin.get("/administration/handovers")
    assert "调离本处。" in listed.text
    told_to = sign_in("archivist").get("/to-read")
    assert "部门负责人在本公文上的工作已交接给您：调离本处。" in told_to.text


def test_all_lines_go_by_one_button(admin: FlaskClient) -> None:
    address = "/administration/people/registrar/handover"
    sent = filled(
        form_to(admin.get(address), "/handover"), line=[], successor="clerk", reason="轮岗。", do="all"
    )
    assert admin.post(address, data=sent).status_code == 302
    with here().database.read_tx() as session:
        (record,) = session.scalars(select(Handover)).all()
    assert any(line["key"].startswith("post:") for line in record.lines)
    assert open_tasks("registrar") == 0
    assert "没有未办事项" in admin.get(address).text


def test_an_account_with_work_is_not_closed_and_the_page_offers_the_handover(admin: FlaskClient) -> None:
    page = admin.get("/administration/people/unit_head")
    assert "交接工作并停用账号" in page.text
    token = form_to(page, "/people/unit_head/name").fields["csrf_token"]
    refused = admin.post("/administration/people/unit_head/close", data={"csrf_token": token})
    assert refused.status_code == 422
    assert "请先办理工作交接" in told(refused)
    do(admin, "/administration/people/expert1", "/people/expert1/close")
    assert "expert1" in text_of(admin.get("/administration/people?state=closed"), "//main//tbody")
    page = do(admin, "/administration/people/expert1", "/people/expert1/reopen")
    assert text_of(page, "//code[@class='one-time']")


def test_people_are_found_by_name_and_user_name(admin: FlaskClient) -> None:
    for words, found in (("登记", "registrar"), ("regis", "registrar")):
        page = admin.get("/administration/people", query_string={"q": words})
        assert text_of(page, "//main//tbody//th").split() == ["登记员", found]
    assert "没有符合条件的人员" in admin.get("/administration/people?q=没有").text
    for path in ("units/999", "people/nobody", "people/nobody/handover", "people/clerk/signature"):
        assert admin.get(f"/administration/{path}").status_code == 404, path
