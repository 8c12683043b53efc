"""What users of other systems complain of, as a browser meets it: the wrong text, the wrong copy, the top."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.docgen.revised import W, body_of, texts
from tests.web.browsing import act, filled, form_to, send, text_of
from tests.web.test_archive import found, this_year
from tests.web.test_documents import draft
from tests.web.test_papers import do_jobs, two_pages
from workflow import papers
from workflow.describe import find
from workflow.directory import find_by_usernames
from workflow.installation import here

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]

__all__ = ["two_pages"]

MARKS = "//ins | //del"


def paper_of(client: FlaskClient, document: str, n: int = 1) -> list[str]:
    return texts(body_of(client.get(f"/documents/{document}/revisions/{n}/paper.docx").data))


def test_complaint_two_documents_in_two_tabs_keep_each_its_own_text(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    first, second = (draft(title=f"关于{name}事项的通知", body=f"请办理{name}事项。") for name in "甲乙")
    tabs = {one: form_to(drafter.get(f"/documents/{one}/edit"), "/edit") for one in (first, second)}
    for one in (second, first):
        drafter.post(f"/documents/{one}/typed", data=filled(tabs[one], body=f"{one}打到一半"))
    for one, other in ((second, first), (first, second)):
        restored = filled(form_to(drafter.get(f"/documents/{one}/edit?restore=1"), "/edit"))
        assert restored["body"] == f"{one}打到一半"
        assert send(drafter, tabs[one], body=f"已改的{one}。").status_code == 302
        assert other not in text_of(drafter.get(f"/documents/{one}"), "//main")
    for one, other in ((first, second), (second, first)):
        words = "".join(paper_of(drafter, one, 2))
        assert f"已改的{one}。" in words
        assert other not in words


@pytest.mark.usefixtures("two_pages")
def test_complaint_a_picture_of_one_document_is_never_shown_at_anothers_address(sign_in: SignIn) -> None:
    drafter, first, second = sign_in("drafter"), draft(body="甲。"), draft(body="乙。")
    drafter.get(f"/documents/{first}/paper")
    do_jobs()
    (address, *_) = drafter.get(f"/documents/{first}/paper").get_json()["pages"]
    assert drafter.get(address).status_code == 200
    assert drafter.get(address.replace(first, second)).status_code == 404


def test_complaint_a_leader_reads_a_clean_copy_and_the_drafter_sees_the_marks(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document, clerk = document_at("office_review", urgency=None), sign_in("clerk")
    sign_in("drafter").get(f"/documents/{document}")
    form = form_to(clerk.get(f"/documents/{document}/edit"), "/edit")
    assert send(clerk, form, title="关于加强文明旅游引导的通知").status_code == 302
    act(clerk, document, "approve")
    leader, drafter = sign_in("signatory"), sign_in("drafter")
    read = leader.get(f"/documents/{document}")
    assert text_of(read, "//h1") == "关于加强文明旅游引导的通知"
    assert text_of(read, MARKS) == ""
    with here().database.read_tx() as session:
        signatory = find_by_usernames(session, ["signatory"])["signatory"]
        shown = papers.preview_of(session, find(session, signatory, document))
    assert not list(body_of(shown).iter(f"{W}ins", f"{W}del"))
    for page in (drafter.get(f"/documents/{document}"), drafter.get(f"/documents/{document}/changes")):
        assert "引导" in text_of(page, "//ins")
        assert "宣传" in text_of(page, "//del")


@pytest.mark.parametrize(
    "q", ["豫直文明办〔{}〕99号", "豫直文明办〔{}〕{}号", "〔{}〕0号", "不存在〔{}〕2号"]
)
def test_complaint_an_unknown_number_shows_no_document(sign_in: SignIn, q: str) -> None:
    client = sign_in("registrar")
    assert found(client, q=q.format(this_year(client), 10**6)) == []
    assert client.get(f"/register/numbers/{10**6}").status_code == 404


@pytest.mark.parametrize("narrowed", ["only=signing", "order=due", "only=signing&order=due"])
def test_complaint_filter_and_order_survive_the_act_and_the_next_of_the_same_list_is_open(
    sign_in: SignIn, narrowed: str
) -> None:
    signatory = sign_in("signatory")
    way = html.fromstring(signatory.get(f"/?{narrowed}").text).xpath(
        "//*[@data-rows]//a[@class='title']/@href"
    )
    assert len(way) == 2
    for here_now, after in zip(way, [*way[1:], f"/?{narrowed}"], strict=True):
        answer = send(signatory, form_to(signatory.get(here_now), "/steps/sign"))
        went, meant = urlsplit(answer.location), urlsplit(after)
        assert went.path == meant.path
        assert sorted(parse_qsl(went.query)) == sorted(parse_qsl(meant.query))
