"""Search in what was issued, as people type."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import update

from tests.web.browsing import text_of
from workflow import retrieval
from workflow.installation import here
from workflow.models import Document

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]

PLAN = "关于印发《年度省直志愿服务工作要点》的通知"
TRAINING = "关于举办精神文明建设业务培训班的通知"
CONSULT = "关于征求拟命名单位意见的函"
SUMMARY = "关于报送年度工作总结的通知"


def found(client: FlaskClient, **query: object) -> list[str]:
    tree = html.fromstring(client.get("/archive", query_string=query).text)
    return [link.text_content() for link in tree.xpath("//*[@data-rows]//a[@class='title']")]


def this_year(client: FlaskClient) -> str:
    return html.fromstring(client.get("/archive").text).xpath(
        "//aside[@class='facets']//a[contains(@href, 'year=')]/span/text()"
    )[0]


def test_everything_issued_is_there_the_latest_first(sign_in: SignIn) -> None:
    assert found(sign_in("archivist")) == [SUMMARY, CONSULT, TRAINING, PLAN]


@pytest.mark.parametrize("form", ["{} 2", "[{}]2号", "〔{}〕2号", "豫直文明办〔{}〕2号", "{}年第2号"])
def test_a_number_is_found_in_every_form_that_people_type(sign_in: SignIn, form: str) -> None:
    client = sign_in("archivist")
    assert found(client, q=form.format(this_year(client))) == [TRAINING]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("培训", [TRAINING]),
        ("文明 培训", [TRAINING]),
        ("征求拟命名", [CONSULT]),
        ("总结 培训", []),
        ("没有这个词", []),
        ("%", []),
        ("_", []),
        ("' OR 1=1 --", []),
        ('"', []),
        ("*", []),
    ],
)
def test_all_words_must_occur(sign_in: SignIn, words: str, titles: list[str]) -> None:
    assert found(sign_in("archivist"), q=words) == titles


def test_hits_are_marked_in_title_and_text(sign_in: SignIn) -> None:
    tree = html.fromstring(sign_in("archivist").get("/archive?q=培训").text)
    (row,) = tree.xpath("//*[@data-row]")
    assert row.xpath(".//a[@class='title']/mark/text()") == ["培训"]
    pieces = row.xpath(".//*[@class='piece']")
    assert pieces
    assert all(piece.xpath("mark/text()") for piece in pieces)


def test_type_and_year_narrow_with_counts_and_can_be_taken_back(sign_in: SignIn) -> None:
    client = sign_in("archivist")
    page = client.get("/archive", query_string={"type": "函"})
    assert text_of(page, "//aside[@class='facets']/p") == "1件"
    chosen = html.fromstring(page.text).xpath("//aside[@class='facets']//a[@aria-current]")
    assert [link.get("href") for link in chosen] == ["/archive"]
    facets = text_of(client.get("/archive"), "//aside[@class='facets']")
    assert "通知 3" in facets
    assert "函 1" in facets
    assert found(client, type="函", year="1999") == []


def test_a_result_shows_number_date_archival_code_and_files(sign_in: SignIn) -> None:
    client = sign_in("archivist")
    page = client.get("/archive?q=志愿服务工作要点")
    about = text_of(page, "//*[@data-row]//*[@class='about']")
    year = this_year(client)
    assert f"豫直文明办〔{year}〕1号" in about
    assert "已归档" in about
    assert f"档号 Z109-WS·{year}-D30-BGS-0001" in about
    docx, pdf = html.fromstring(page.text).xpath("//*[@data-row]//*[@class='take']/a/@href")
    assert client.get(docx).data[:2] == b"PK"
    assert pdf.endswith("/files/pdf")


def test_what_is_under_way_is_not_found(sign_in: SignIn) -> None:
    for who in ("clerk", "signatory", "registrar"):
        assert found(sign_in(who), q="窗口单位") == []


def test_restricted_documents_are_found_by_the_office_only(sign_in: SignIn) -> None:
    with here().database.write_tx() as session:
        session.execute(update(Document).where(Document.title == CONSULT).values(restricted=True))
    assert CONSULT not in found(sign_in("countersigner2"))
    assert CONSULT in found(sign_in("archivist"))


def test_people_outside_the_office_find_nothing(sign_in: SignIn) -> None:
    page = sign_in("unit1").get("/archive")
    assert "还没有印发公文" in text_of(page, "//*[@class='empty']")


def test_the_search_box_of_every_page_leads_here(sign_in: SignIn) -> None:
    client = sign_in("archivist")
    form = html.fromstring(client.get("/").text).xpath("//header//form[@role='search']")[0]
    assert form.action == "/archive"
    assert form.method == "GET"
    assert "q" in form.fields


def test_a_long_result_has_pages(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(retrieval.retrieve.__kwdefaults__, "limit", 3)
    client = sign_in("archivist")
    tree = html.fromstring(client.get("/archive?q=文明").text)
    (onward,) = tree.xpath("//a[@rel='next']/@href")
    assert "q=" in onward
    assert "cursor=3" in onward
    assert len(html.fromstring(client.get(onward).text).xpath("//*[@data-row]")) == 1


def test_markup_in_the_search_box_is_shown_as_it_was_written(sign_in: SignIn) -> None:
    typed = '"><script>alert(1)</script>'
    page = sign_in("archivist").get("/archive", query_string={"q": typed})
    assert html.fromstring(page.text).xpath("//main//input[@name='q']/@value") == [typed]
    assert "<script>alert" not in page.text
