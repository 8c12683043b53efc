"""Titles break between words, into a trapezium or a diamond."""

import re

import pytest

from docgen.measure import width
from docgen.title import break_title, proposals

TITLES = [
    "关于印发《2031年省直机关读书活动工作要点》的通知",
    "关于做好2031年度省直机关文明单位申报工作的通知",
    "关于做好2031年度省直机关文明单位、文明校园、文明家庭和文明服务窗口申报创建工作的通知",
    "河南省省直机关精神文明建设指导委员会关于命名第三批省直机关文明校园、文明家庭和文明服务窗口的决定",
    "关于转发《中央精神文明建设指导委员会办公室关于开展“我们的节日”主题活动的通知》的通知",
    "关于组织参加全省新时代文明实践志愿服务项目大赛的通知",
    "关于进一步加强省直机关精神文明建设工作的实施意见（试行）",
    "关于开展2031年清明节期间文明祭扫志愿服务活动的通知",
    "关于召开省直机关精神文明建设工作会议暨文明单位创建培训班的通知",
    "关于撤销部分单位省直机关文明单位荣誉称号的决定",
    "关于对2031年度省直机关文明单位日常动态管理情况的通报",
    "关于推荐评选第五届省直机关道德模范和身边好人的通知",
    "关于印发《省直机关文明单位创建管理办法（试行）》的通知",
    "关于公布2030年度省直机关志愿服务先进典型名单的通报",
    "关于申请增加2031年度精神文明建设专项经费的请示",
    "关于同意示例单位更名后保留文明单位称号的批复",
]

WORDS = [
    "精神文明建设",
    "文明单位",
    "文明校园",
    "文明家庭",
    "志愿服务",
    "通知",
    "指导委员会",
    "工作要点",
    "省直机关",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_kept_whole_in_lines_that_fit(title: str) -> None:
    lines = break_title(title)
    assert "".join(lines) == title
    assert 2 <= len(lines) <= 3
    assert all(width(line) <= 20 for line in lines)


@pytest.mark.parametrize("title", TITLES)
def test_no_line_starts_or_ends_badly(title: str) -> None:
    lines = break_title(title)
    assert not any(re.match("[的和与及暨、，。》〉”）]", line) for line in lines[1:])
    assert not any(re.search("[《〈“（关不第]$", line) for line in lines[:-1])
    assert not any(re.search("[0-9A-Za-z]$", line) for line in lines[:-1])


@pytest.mark.parametrize("title", TITLES)
def test_no_known_word_is_broken(title: str) -> None:
    seams, at = set(), 0
    for line in break_title(title)[:-1]:
        at += len(line)
        seams.add(at)
    for word in WORDS:
        for found in re.finditer(word, title):
            assert not seams & set(range(found.start() + 1, found.end())), word


@pytest.mark.parametrize("title", TITLES)
def test_three_lines_are_no_hourglass(title: str) -> None:
    widths = [width(line) for line in break_title(title)]
    assert len(widths) < 3 or widths[1] >= min(widths[0], widths[2])


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于开展读书活动的通知", ("关于开展读书活动的通知",)),
        ("关于表彰省直机关读书活动先进集体通报", ("关于表彰省直机关读书活动先进集体通报",)),
        (
            "关于做好2031年度省直机关文明单位申报工作的通知",
            ("关于做好2031年度", "省直机关文明单位申报工作的通知"),
        ),
    ],
)
def test_known_titles_break_as_a_clerk_would(title: str, lines: tuple[str, ...]) -> None:
    assert break_title(title) == lines


@pytest.mark.parametrize("title", ["的" * 200, "A" * 120, "《" * 50, "1" * 21, "文" * 200])
def test_a_title_without_a_place_to_break_still_comes_out_whole(title: str) -> None:
    assert "".join(break_title(title)) == title


def test_the_best_ways_to_break_a_title_are_proposed_the_usual_one_first() -> None:
    title = "关于印发《2031年省直精神文明建设工作要点》的通知"
    found = proposals(title)
    assert found[0] == break_title(title)
    assert len(set(found)) == len(found) == 3
    assert all("".join(lines) == title for lines in found)
    assert all(width(line) <= 20 for lines in found for line in lines)
    assert proposals(title, most=2) == found[:2]


@pytest.mark.parametrize(
    ("title", "ways"),
    [
        ("关于报送年度工作总结的通知", [("关于报送年度工作总结的通知",), ("关于报送年度", "工作总结的通知")]),
        ("通知", [("通知",)]),
        ("", [("",)]),
    ],
)
def test_a_short_title_is_proposed_whole_first(title: str, ways: list[tuple[str, ...]]) -> None:
    assert list(proposals(title, most=2)) == ways
