"""花脸稿 and the laid-out revisions are offered on the page of changes."""

from collections.abc import Callable
from urllib.parse import unquote

from flask.testing import FlaskClient
from lxml import html

from tests.docgen.revised import W, accepted, body_of, texts
from tests.web.browsing import filled, form_to
from tests.web.test_documents import draft

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]


def links(page: str) -> dict[str, str]:
    return {
        link.text: link.get("href")
        for link in html.fromstring(page).xpath("//main//a[contains(@href,'.docx')]")
    }


def test_the_changes_page_leads_to_the_marked_copy_and_the_papers(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document = document_at("office_review")
    clerk = sign_in("clerk")
    edit = f"/documents/{document}/edit"
    form = form_to(clerk.get(edit), "/edit")
    clerk.post(edit, data=filled(form, title="关于加强文明旅游引导的通知", reason="与上级口径一致"))
    found = links(clerk.get(f"/documents/{document}/changes").text)
    assert set(found) == {"送审稿", "草稿", "花脸稿：逐处标明何人何时修改（DOCX）"}

    marked = clerk.get(found["花脸稿：逐处标明何人何时修改（DOCX）"])
    assert marked.mimetype.endswith("wordprocessingml.document")
    assert "花脸稿 第1稿至第2稿" in unquote(marked.headers["Content-Disposition"])
    assert {mark.get(f"{W}author") for mark in body_of(marked.data).iter(f"{W}ins")} == {"文秘"}
    assert "关于加强文明旅游引导的通知" in texts(accepted(marked.data))

    paper = clerk.get(found["送审稿"])
    assert "送审稿" in unquote(paper.headers["Content-Disposition"])
    assert "sandbox" in paper.headers["Content-Security-Policy"]
    assert not list(body_of(paper.data).iter(f"{W}ins", f"{W}del"))
    same = clerk.get(f"/documents/{document}/changes?from=2&to=2").text
    assert "redline.docx" not in same


def test_what_is_signed_is_offered_as_the_final_text(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("archived")
    drafter = sign_in("drafter")
    found = links(drafter.get(f"/documents/{document}/changes").text)
    name = unquote(drafter.get(found["定稿"]).headers["Content-Disposition"])
    assert "定稿" in name
    assert drafter.get(f"/documents/{document}/revisions/99/paper.docx").status_code == 404


def test_strangers_get_neither(sign_in: SignIn) -> None:
    document = draft()
    stranger = sign_in("countersigner1")
    for path in ("paper.docx", "redline.docx?from=1"):
        assert stranger.get(f"/documents/{document}/revisions/1/{path}").status_code == 404
