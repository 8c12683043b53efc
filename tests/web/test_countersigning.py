"""Countersigning by the pages' forms: chosen in several ways, asked of one more, handed on, taken off."""

from collections.abc import Callable

from flask.testing import FlaskClient
from lxml import html

from tests.web.browsing import act, filled, form_to, send, text_of
from tests.web.test_documents import draft
from tests.web.test_documents_steps import acts_of, row

SignIn = Callable[..., FlaskClient]
BOTH = ["countersigner1", "countersigner2"]
WAY = "//ol[@class='way']"


def test_who_is_asked_and_how_is_chosen_in_the_editor(sign_in: SignIn) -> None:
    document = draft()
    drafter = sign_in("drafter")
    form = form_to(drafter.get(f"/documents/{document}/edit"), "/edit")
    chosen = {"countersigners": ["archivist"], "countersign_units": ["宣传处", "创建处"]}
    values = filled(form, then="submit", countersign_mode="any_n", countersign_needed="3", **chosen)
    assert drafter.post(f"/documents/{document}/edit", data=values).status_code == 302
    act(sign_in("unit_head"), document, "approve")
    act(sign_in("countersigner2"), document, "countersign")
    shown = text_of(drafter.get(f"/documents/{document}"), WAY)
    assert "会签人乙 ✓" in shown
    assert "1/3" in shown
    in_list = f"//*[@data-row][.//a[contains(@href, '{document}')]]"
    for who, page in (("drafter", "/begun"), ("archivist", "/"), ("countersigner2", "/handled")):
        assert "会签 已同意 1/3" in text_of(sign_in(who).get(page), in_list), who


def test_what_does_not_add_up_is_said_and_stays_chosen(sign_in: SignIn) -> None:
    document = draft()
    drafter = sign_in("drafter")
    refused = act(
        drafter, document, "submit", countersigners=BOTH, countersign_mode="any_n", countersign_needed="3"
    )
    assert refused.status_code == 422
    assert "只请了2人会签，不可能有3人同意" in refused.text
    tree = html.fromstring(refused.text)
    assert tree.xpath("//input[@name='countersigners'][@checked]/@value") == BOTH
    assert tree.xpath("//select[@name='countersign_mode']/option[@selected]/@value") == ["any_n"]


def test_in_turn_the_page_says_whose_turn_it_is_and_who_comes_later(sign_in: SignIn) -> None:
    document = draft()
    drafter = sign_in("drafter")
    values = filled(form_to(drafter.get(f"/documents/{document}"), "/submit"), countersign_mode="serial")
    values.setlist("countersigners", [BOTH[1], BOTH[0]])
    assert drafter.post(f"/documents/{document}/steps/submit", data=values).status_code == 302
    act(sign_in("unit_head"), document, "approve")
    assert "会签人乙、会签人甲（待轮到）" in text_of(drafter.get(f"/documents/{document}"), WAY)


def test_one_more_is_asked_the_task_handed_on_and_somebody_taken_off(sign_in: SignIn) -> None:
    document = draft()
    act(sign_in("drafter"), document, "submit", countersigners=BOTH)
    act(sign_in("unit_head"), document, "approve")
    first = sign_in("countersigner1")
    offered = form_to(first.get(f"/documents/{document}"), "/add_signer")
    assert "drafter" not in offered.inputs["person"].value_options
    assert not set(BOTH) & set(offered.inputs["person"].value_options)
    assert send(first, offered, person="archivist", when="before").status_code == 302
    archivist = sign_in("archivist")
    assert act(archivist, document, "transfer", person="registrar", comment="请登记员办。").status_code == 302
    registrar = sign_in("registrar")
    assert act(registrar, document, "countersign").status_code == 302
    assert act(first, document, "countersign").status_code == 302
    drafter = sign_in("drafter")
    off = act(drafter, document, "remove_signer", person="countersigner2", comment="出差未归。")
    assert off.status_code == 302
    assert row(document).state == "office_review"
    assert acts_of(document)[-6:] == [
        "add_signer", "transfer", "countersign", "countersign", "remove_signer", "skip",
    ]  # fmt: skip
    said = text_of(drafter.get(f"/documents/{document}"), "//ol[@class='opinions']")
    assert "减签 → 会签人乙" in said
    assert "转办 → 登记员" in said
    sheet = text_of(drafter.get(f"/documents/{document}/slip"), "//main")
    assert "请登记员办。" not in sheet


def test_a_consent_without_words_reads_agreed_with_name_and_day_on_page_and_sheet(sign_in: SignIn) -> None:
    document = draft()
    act(sign_in("drafter"), document, "submit", countersigners=["countersigner1"])
    act(sign_in("unit_head"), document, "approve")
    act(sign_in("countersigner1"), document, "countersign")
    drafter = sign_in("drafter")
    tree = html.fromstring(drafter.get(f"/documents/{document}").text)
    latest = tree.xpath("//ol[@class='opinions']/li")[0]
    assert latest.xpath("string(p[@class='lines'])") == "同意"
    assert "会签人甲" in latest.xpath("string(p[1])")
    assert latest.xpath("p[1]/time/@datetime")
    boxes = html.fromstring(drafter.get(f"/documents/{document}/slip").text)
    countersigned = boxes.xpath("//*[contains(., '会签')][contains(., '会签人甲')][contains(., '同意')]")
    assert countersigned


def test_where_nobody_can_be_chosen_the_step_is_not_shown(sign_in: SignIn) -> None:
    document = draft()
    act(sign_in("drafter"), document, "submit")
    act(sign_in("unit_head"), document, "approve")
    page = html.fromstring(sign_in("clerk").get(f"/documents/{document}").text)
    assert page.xpath("//form[contains(@action, '/add_signer')]")
    assert not page.xpath("//*[contains(@id, 'why-transfer') or contains(@id, 'why-remove_signer')]")
