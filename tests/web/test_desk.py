"""The lists of the desk: what waits, what is to be read, what one began and what one did."""

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select, update

from tests.web.browsing import act, text_of
from workflow import engine, lists
from workflow.installation import here
from workflow.models import Document, User

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]

MARKUP = "<u>&\"'粗</u>"
LISTS = ["/", "/to-read", "/drafts", "/begun", "/handled"]


def titles(client: FlaskClient, path: str) -> list[str]:
    tree = html.fromstring(client.get(path).text)
    return [link.text_content() for link in tree.xpath("//*[@data-rows]//a[@class='title']")]


def draft(title: str, **content: object) -> str:
    with here().database.read_tx() as session:
        drafter = session.scalars(select(User.id).where(User.username == "drafter")).one()
    data = {"type": "通知", "title": title, "body": "请照此办理。", **content}
    return engine.draft(drafter, "notice", data).document


def test_the_most_urgent_is_on_top(sign_in: SignIn) -> None:
    assert titles(sign_in("signatory"), "/") == [
        "关于召开年度工作推进会的通知",
        "关于开展年度文明单位复查工作的通知",
    ]
    row = html.fromstring(sign_in("signatory").get("/").text).xpath("//*[@data-row]")[0].text_content()
    assert "特急" in row
    assert "签发" in row
    assert "综合处 拟稿人拟稿" in row


@pytest.mark.parametrize(
    ("who", "only", "count"),
    [
        ("signatory", "特急", 1),
        ("signatory", "加急", 0),
        ("signatory", "signing", 2),
        ("signatory", "returned", 0),
        ("clerk", "office_review", 1),
        ("clerk", "checking", 1),
        ("drafter", "returned", 1),
        ("deputy", "加急", 1),
        ("signatory", "nonsense", 0),
    ],
)
def test_a_filter_lets_through_what_it_says_and_counts_it(
    sign_in: SignIn, who: str, only: str, count: int
) -> None:
    client = sign_in(who)
    assert len(titles(client, f"/?only={only}")) == count
    tree = html.fromstring(client.get("/").text)
    counted = {link.get("href"): link.xpath("string(b)") for link in tree.xpath("//nav[@class='filters']/a")}
    by_name = {unquote(href).partition("only=")[2]: number for href, number in counted.items()}
    assert by_name.get(only, "0") == str(count)


def test_a_row_leads_to_the_document_and_keeps_the_filter(sign_in: SignIn, document_at: DocumentAt) -> None:
    tree = html.fromstring(sign_in("signatory").get("/?only=特急").text)
    (href,) = tree.xpath("//*[@data-rows]//a[@class='title']/@href")
    path, _, query = href.partition("?")
    assert path == f"/documents/{document_at('signing', urgency='特急')}"
    assert sorted(query.split("&")) == ["from=tasks", "only=%E7%89%B9%E6%80%A5"]


def test_the_sidebar_counts_what_the_lists_hold(sign_in: SignIn) -> None:
    client = sign_in("drafter")
    tree = html.fromstring(client.get("/handled").text)
    counted = {link.get("href"): int(link.xpath("string(b)") or 0) for link in tree.xpath("//aside//li/a")}
    for path in ("/", "/to-read", "/drafts", "/begun"):
        assert counted[path] == len(titles(client, path)), path
        assert counted[path] > 0


def test_what_was_told_is_to_be_read_until_the_document_is_opened(sign_in: SignIn) -> None:
    client = sign_in("drafter")
    before = titles(client, "/to-read")
    tree = html.fromstring(client.get("/to-read").text)
    assert "已印发：豫直文明办" in "".join(row.text_content() for row in tree.xpath("//*[@data-row]"))
    client.get(tree.xpath("//*[@data-rows]//a[@class='title']/@href")[0])
    assert titles(client, "/to-read") == before[1:]


def test_drafts_are_those_never_submitted(sign_in: SignIn) -> None:
    assert titles(sign_in("drafter"), "/drafts") == ["关于开展文明家庭寻访的通知"]


def test_complaint_what_one_began_says_who_has_it_since_when_and_whether_it_was_opened(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document = document_at("office_review")

    def holders() -> str:
        page = sign_in("drafter").get("/begun")
        return text_of(page, f"//*[@data-row][.//a[contains(@href, '{document}')]]//*[@class='since']")

    assert holders().startswith("文秘 ")
    assert holders().endswith("起 · 尚未打开")
    sign_in("clerk").get(f"/documents/{document}")
    assert holders().endswith("已打开")


def test_what_one_did_to_documents_of_others_is_handled(sign_in: SignIn, document_at: DocumentAt) -> None:
    client, document = sign_in("clerk"), document_at("checking")
    act(client, document, "check")
    page = client.get("/handled")
    row = text_of(page, "(//*[@data-row])[1]")
    assert "关于做好文明校园创建申报的通知" in row
    assert "您：复核无误" in row


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_list_says_what_to_do(sign_in: SignIn, path: str) -> None:
    page = sign_in("admin").get(path)
    assert page.status_code == 200
    assert len(text_of(page, "//*[@class='empty']")) > 10
    assert titles(sign_in("admin"), path) == []


def test_a_filter_that_lets_nothing_through_leads_back_to_all(sign_in: SignIn) -> None:
    tree = html.fromstring(sign_in("signatory").get("/?only=加急").text)
    assert tree.xpath("//*[@class='empty']//a/@href") == ["/"]


def test_a_long_list_has_pages_that_leave_nothing_out(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists.begun, "__defaults__", (4, None))
    client, seen, path = sign_in("drafter"), [], "/begun"
    while path:
        tree = html.fromstring(client.get(path).text)
        seen += [link.text_content() for link in tree.xpath("//*[@data-rows]//a[@class='title']")]
        path = next(iter(tree.xpath("//a[@rel='next']/@href")), None)
    assert len(seen) == len(set(seen)) == 15


@pytest.mark.parametrize("cursor", ["-1", "abc", "99999999999999999999", "١", "", "1 OR 1=1"])
def test_a_cursor_of_any_form_is_answered(sign_in: SignIn, cursor: str) -> None:
    assert sign_in("drafter").get("/begun", query_string={"cursor": cursor}).status_code == 200


def test_markup_in_a_title_and_in_a_name_is_shown_as_it_was_written(sign_in: SignIn) -> None:
    document = draft(f"关于{MARKUP}的通知")
    with here().database.write_tx() as session:
        session.execute(update(User).where(User.username == "drafter").values(name=MARKUP))
    client = sign_in("drafter")
    assert f"关于{MARKUP}的通知" in titles(client, "/drafts")
    act(client, document, "submit")
    for path in LISTS:
        assert "<u>&" not in client.get(path).text, path
    assert "<u>&" not in sign_in("unit_head").get("/").text


def test_nobody_sees_the_tasks_of_another(sign_in: SignIn) -> None:
    with here().database.read_tx() as session:
        everything = set(session.scalars(select(Document.title)))
    for who in ("admin", "auditor", "unit1", "expert1"):
        client = sign_in(who)
        for path in LISTS:
            page = client.get(path).text
            assert not any(title in page for title in everything), (who, path)
