"""What programs put around and into a text that is copied out of them is taken away, and told."""

import pytest

from docgen.intake import Taken, intake_text
from docgen.intake.marks import in_full_width

HEAD = "示例市文明办文件\n示文明办〔2031〕7号\n关于开展读书活动的通知\n各区县：\n"
BODY = "各单位要充分发挥图书馆资源优势、人才优势和场地优势，办好活动。"


def told(taken: Taken) -> list[str]:
    return [problem.message % problem.params for problem in taken.reports]


@pytest.mark.parametrize(
    ("pasted", "typed"),
    [
        ("一、\u00a0时间\n5\u00a0月1\u202f日起。", "一、时间\n5月1日起。"),
        (
            "定于２０３１年５月，共３．５天。\n１．第一项\n２．第二项",
            "定于2031年5月，共3.5天。\n1.第一项\n2.第二项",
        ),
        ("甲甲甲，\v乙乙乙。\u2028丙丙丙。\x85丁丁。", "甲甲甲，乙乙乙。\n丙丙丙。\n丁丁。"),
        (
            "• 甲甲。\n\uf06c 乙乙。\n- 丙丙。\n\uf0b2丁丁。\n· 戊戊。",
            "甲甲。\n乙乙。\n丙丙。\n丁丁。\n戊戊。",
        ),
        ("一、\t时间\n1.\t甲。\n（2）\t乙。", "一、时间\n1.甲。\n（2）乙。"),
        ("\u200b甲甲\u200b甲。\ufeff乙。", "甲甲甲。乙。"),
        (
            '现就"读书"通知如下:\n(一)时间,5月(周六).\n比为1:2,见a.b;',
            "现就“读书”通知如下：\n（一）时间，5月（周六）。\n比为1:2,见a.b;",
        ),
        ("|甲:乙|丙,丁|\n甲。", "|甲:乙|丙,丁|\n甲。"),
    ],
)
def test_what_was_pasted_becomes_what_one_would_type(pasted: str, typed: str) -> None:
    assert intake_text(HEAD + pasted).content["body"] == typed


@pytest.mark.parametrize(
    "page_end",
    [
        "— 2 —\n示例市文明办文件",
        "— 2\u3000—",
        "2",
        "3 / 5",
        "第 2 页 共 5 页",
        "\f第2页",
        "关于开展读书活动的通知\n－ 4 －",
    ],
)
@pytest.mark.parametrize("at", [20, 15, 24])
def test_the_end_of_a_page_in_mid_sentence_is_mended(page_end: str, at: int) -> None:
    taken = intake_text(f"{HEAD}{BODY[:at]}\n{page_end}\n{BODY[at:]}\n完。")
    assert taken.content["body"] == f"{BODY}\n完。"
    assert taken.content["title"] == "关于开展读书活动的通知"
    assert any(line.startswith("Page numbers were left out") for line in told(taken))


def test_what_was_taken_away_is_counted() -> None:
    taken = intake_text(f"{HEAD}• ５月，读书.\n• 甲。\n— 1 —\n示例市文明办文件\n乙。")
    assert told(taken) == [
        "2 bullets were taken away; number the items if they need it.",
        "1 figures in full width were written in half width.",
        "Page numbers were left out: — 1 —",
        "Lines that stand on every page were left out: 示例市文明办文件",
        "1 marks among Chinese words were written in full width.",
    ]


def test_a_figure_that_is_no_page_number_stays() -> None:
    taken = intake_text(f"{HEAD}参加人数如下。\n35\n其中甲3人。\n— 2 —\n一、时间\n5月。")
    assert "35" in taken.content["body"].split("\n")
    assert "一、时间" in taken.content["body"].split("\n")


def test_what_a_web_page_puts_around_a_text_is_left() -> None:
    around = ("首页 > 通知公告", "发布时间：2031-04-07 来源：某网 字号：大 中 小", "【打印】【关闭】")
    above = f"{around[0]}\n关于读书的通知\n{around[1]}\n各区县："
    taken = intake_text(f"{above}\n　　甲甲。\n示例市文明办\n2031年4月7日\n{around[2]}")
    assert taken.left == around
    content = taken.content
    assert (content["title"], content["addressees"], content["body"]) == (
        "关于读书的通知",
        "各区县",
        "甲甲。",
    )


BULLETIN = [
    "示例市读书工作先进单位观摩交流活动在某区举行",
    "为推动读书活动深入开展，2031年4月7日，示例市文明办组织的观摩交流活动在某区举行，各单位负责人近100人参加活动。",
    "观摩团先后观摩了甲馆、乙馆2家单位，听取了经验介绍，并召开座谈会。（示例市文明办 甲某 乙某）",
    "结对共建",
    "示例市甲局 送书下乡 结对共读",
    "2031年4月8日，示例市甲局邀请部分专家赴某村开展送书下乡活动，为村民送去图书（如图）。",
    "在村图书室，专家为村民解答疑问，受到欢迎。（甲局机关党委）",
    "示例市乙局召开读书（扩大）会议",
    "2031年4月9日，示例市乙局召开读书（扩大）会议，传达学习有关会议精神。（丙某 文/图）",
]


def test_a_bulletin_keeps_its_headlines_apart_and_loses_nothing() -> None:
    half = "\n\n".join(["一起读书 共同进步", *BULLETIN]).replace("（", "(").replace("）", ")")
    taken = intake_text(half)
    assert taken.content["title"] == "一起读书 共同进步".replace(" ", "")
    assert taken.content["body"].split("\n") == BULLETIN
    assert taken.left == ()


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("一.时间", "一.时间"),
        ("电话:0371,传真:0372", "电话：0371,传真：0372"),
        ("网址:http://example.invalid/a,b", "网址：http://example.invalid/a,b"),
        ("按(GB/T 9704)执行.", "按(GB/T 9704)执行。"),
        ("(3)甲?好!", "（3）甲？好！"),
    ],
)
def test_marks_are_in_full_width_among_chinese_words_only(line: str, mended: str) -> None:
    assert in_full_width(line)[0] == mended
