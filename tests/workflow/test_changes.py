"""What may change after sign-off, and as what."""

import time

import pytest

from docgen.reading import read_content
from tests.workflow.desk import BODY, Desk, content, mended
from workflow.changes import same_characters, substance
from workflow.errors import NotAllowed, NotReady

NAMES = ["省直文明办", "综合处", "主任"]
ATTACHED = content(attachments=[{"title": "联络表", "body": "姓名、电话"}])
ISSUED = content(issued_text={"title": "工作要点", "body": "一、总体要求\n二、重点任务"})

WORDING = {
    "a typo": mended("如实反映", "如实返映"),
    "a mark": mended("工作成效，查找", "工作成效、查找"),
    "two neighbouring characters": mended("认真总结。各", "用心总结。各"),
    "two slips far from each other": content(
        body=BODY.replace("为做好", "为搞好").replace("查找不足", "查寻不足")
    ),
    "nothing": content(),
}
SUBSTANCE = {
    "title": content(title="关于报送年终工作总结的通知"),
    "addressees": content(addressees="省直各单位、中央驻豫各单位"),
    "copies to others": content(copy_to="省委宣传部、省文明办"),
    "a list of attachments": ATTACHED,
    "a text that is issued": ISSUED,
    "urgency": content(urgency="特急"),
    "the seal": content(seal=False),
    "the note": content(note="此件公开发布"),
    "a date": mended("12月20日", "12月21日"),
    "a figure": mended("12月20日", "12月日"),
    "a Chinese numeral": mended("二、按时", "三、按时"),
    "what stands in 《》": mended("《联络表》", "《通讯表》"),
    "《》 itself": mended("《联络表》", "联络表"),
    "不": mended("查找不足", "查找足处"),
    "未": mended("如实反映", "如未反映"),
    "无": mended("认真总结", "认无总结"),
    "除外": mended("如实反映", "除外反映"),
    "a name of the directory": mended("为做好", "主任好"),
    "three neighbouring characters": mended("认真总结", "用心归结"),
    "a sentence": mended("查找不足。", "查找不足。凡未报送的，予以通报。"),
    "a paragraph": content(body=BODY + "\n特此通知"),
    "two slips close to each other": mended("如实反映工作", "如时反应工作"),
}


def forced(changed: dict) -> list[str]:
    return [str(reason) for reason in substance(read_content(content()), read_content(changed), NAMES)]


@pytest.mark.parametrize("change", WORDING)
def test_a_slip_may_be_mended_as_wording(change: str) -> None:
    assert forced(WORDING[change]) == []


@pytest.mark.parametrize("change", SUBSTANCE)
def test_what_could_change_the_meaning_is_substance(change: str) -> None:
    assert forced(SUBSTANCE[change])


def test_every_ground_is_told(desk: Desk) -> None:
    document = desk.at("checking")
    with pytest.raises(NotReady) as refusal:
        desk.revise(
            document,
            "clerk",
            mended("12月20日前", "12月不限") | {"title": "关于总结的通知"},
            change="wording",
        )
    assert [str(reason) for reason in refusal.value.reasons] == [
        "This is a change of substance and goes back to the signatory",
        "The title was changed.",
        "A figure or a date was changed.",
        "不, 未, 无 or 除外 was changed.",
        "4 neighbouring characters were changed, more than 2.",
    ]


def test_layout_is_what_changes_no_character() -> None:
    before = read_content(content())
    assert same_characters(before, read_content(mended("下。\n一", "下。\n\n一")))
    assert same_characters(before, read_content(mended("各单位要", "各单位\n要")))
    assert not same_characters(before, read_content(mended("各单位", "各处室")))
    assert not same_characters(before, read_content(content(seal=False)))


def test_long_texts_are_compared_in_time() -> None:
    line = "各单位要认真总结年度工作，按时报送材料，逐项对照检查落实情况"
    long = "\n".join(f"{line}{'的' * (i % 40)}。" for i in range(1800))
    changed = "为" + long[:50_000] + "的" + long[50_000:]
    start = time.monotonic()
    assert substance(read_content(content(body=long)), read_content(content(body=changed)), NAMES) == []
    assert time.monotonic() - start < 10


def test_layout_is_recorded_and_goes_on(desk: Desk) -> None:
    document = desk.at("checking")
    assert desk.revise(document, "clerk", mended("下。\n一", "下。\n\n一"), change="layout") == "checking"
    assert desk.movements(document)[-1].details == {"change": "layout"}
    assert desk.told("signatory") == []
    assert desk.take(document, "clerk", "check") == "registration"


def test_wording_is_recorded_listed_to_the_signatory_and_goes_on(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("checking")
    desk.revise(document, "clerk", WORDING["a typo"], change="wording", reason="改错字")
    last = desk.movements(document)[-1]
    assert (last.action, last.details, last.comment) == ("revise", {"change": "wording"}, "改错字")
    assert desk.told("signatory") == ["A correction was made after you signed: %(reason)s"]
    desk.bring(document, "issued")
    row = desk.row(document)
    assert row["vouched_sha256"] == row["content_sha256"] != row["signed_sha256"]
    assert desk.findings() == []


def test_many_small_changes_are_measured_against_what_was_signed(desk: Desk) -> None:
    document = desk.at("checking")
    desk.revise(document, "clerk", mended("认真总结", "用心总结"), change="wording")
    with pytest.raises(NotReady):
        desk.revise(document, "clerk", mended("认真总结", "用心归纳"), change="wording")


@pytest.mark.parametrize("change", ["layout", "wording"])
@pytest.mark.parametrize("kind", ["a date", "title", "addressees", "不"])
def test_substance_does_not_pass_as_less(desk: Desk, change: str, kind: str) -> None:
    document = desk.at("printing")
    before = desk.fingerprint()
    with pytest.raises(NotReady):
        desk.revise(document, "registrar", SUBSTANCE[kind], change=change, reason="改")
    assert desk.fingerprint() == before


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({}, "After sign-off each change says whether it is layout, wording or substance"),
        ({"change": "other"}, "After sign-off each change says whether it is layout, wording or substance"),
        ({"change": "substance"}, "A change of substance needs a reason"),
    ],
)
def test_a_change_says_what_it_is(desk: Desk, how: dict[str, str], reason: str) -> None:
    document = desk.at("checking")
    with pytest.raises(NotReady) as refusal:
        desk.revise(document, "clerk", mended("按时", "如期"), **how)
    assert [str(one) for one in refusal.value.reasons] == [reason]


def test_substance_goes_back_to_the_signatory_and_the_number_stays(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("printing")
    desk.take(document, "registrar", "send_to_print")
    first = desk.row(document)
    with_date = mended("12月20日", "12月25日")
    assert desk.revise(document, "registrar", with_date, change="substance", reason="时限有误") == "signing"
    row = desk.row(document)
    assert row["number"] == first["number"]
    assert (row["signed_sha256"], row["dated"], row["frozen_sha256"], row["printed_on"]) == (None,) * 4
    assert desk.holders(document) == ["signatory"]
    desk.bring(document, "issued")
    row = desk.row(document)
    assert row["number"] == first["number"]
    assert row["signed_sha256"] == row["content_sha256"] != first["signed_sha256"]
    assert row["frozen_sha256"] != first["frozen_sha256"]
    assert desk.findings() == []


def test_after_substance_the_document_is_checked_again_whatever_return_was_under_way(desk: Desk) -> None:
    document = desk.at("printing")
    desk.send_back(document, "registrar", "checking")
    desk.revise(document, "clerk", SUBSTANCE["a date"], change="substance", reason="改期")
    assert desk.take(document, "signatory", "sign") == "checking"


def test_a_change_on_the_proof_sheet_drops_the_file_made_before(desk: Desk) -> None:
    document = desk.at("printing")
    desk.take(document, "registrar", "send_to_print")
    frozen = desk.row(document)["frozen_sha256"]
    desk.revise(document, "registrar", WORDING["a typo"], change="wording")
    assert desk.row(document)["frozen_sha256"] is None
    with pytest.raises(NotReady):
        desk.take(document, "registrar", "finish_printing")
    desk.bring(document, "issued")
    assert desk.row(document)["frozen_sha256"] not in (None, frozen)


@pytest.mark.parametrize("stage", ["registration", "sealing", "dispatch", "issued"])
def test_elsewhere_after_sign_off_the_text_stays(desk: Desk, stage: str) -> None:
    document = desk.at(stage)
    with pytest.raises(NotAllowed):
        desk.revise(document, desk.holders(document)[0], mended("按时", "如期"), change="wording")


def test_the_correction_stated_at_sign_off_is_entered_before_anything_else(desk: Desk) -> None:
    document = desk.at("signing")
    stated = "“12月20日”改为“12月25日”"
    assert desk.take(document, "signatory", "sign_with_correction", correction=stated) == "checking"
    with pytest.raises(NotReady) as refusal:
        desk.take(document, "clerk", "check")
    assert "The correction stated at sign-off is not entered yet" in str(refusal.value)
    with pytest.raises(NotReady):
        desk.revise(document, "clerk", mended("下。\n一", "下。\n\n一"), change="layout")
    entered = mended("12月20日", "12月25日")
    assert desk.revise(document, "clerk", entered, change="wording", reason=stated) == "checking"
    # A slip mended later is measured against the text with the stated correction.
    more = entered | {"body": entered["body"].replace("为做好", "为搞好")}
    assert desk.revise(document, "clerk", more, change="wording", reason="错字") == "checking"
    with pytest.raises(NotReady):
        desk.revise(document, "clerk", SUBSTANCE["a date"], change="wording", reason="又改期")
    desk.bring(document, "issued")
    assert desk.findings() == []


def test_a_signature_without_the_correction_s_words_is_refused(desk: Desk) -> None:
    document = desk.at("signing")
    with pytest.raises(NotReady):
        desk.take(document, "signatory", "sign_with_correction", correction=" ")


def test_what_changed_before_sign_off_is_what_is_signed(desk: Desk) -> None:
    document = desk.at("signing")
    desk.revise(document, "signatory", SUBSTANCE["a date"])
    desk.bring(document, "issued")
    row = desk.row(document)
    assert row["signed_sha256"] == row["content_sha256"]
