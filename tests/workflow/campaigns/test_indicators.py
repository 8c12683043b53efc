"""Trees of indicators: first sets, versions, editing while not fixed, workbooks out and in."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tests.workflow.campaigns.setting_up import announced, campaign, set_id
from tests.workflow.desk import Desk
from workflow.campaigns import first_lists, indicator_sets, indicators, tree_book, trees
from workflow.campaigns.points import read_points, write_points
from workflow.errors import ContentError, NotAllowed, NotFound, NotReady
from workflow.installation import read_tx
from workflow.spreadsheets import Cell, Table, write_workbook


def tree(set_: int) -> trees.Tree:
    with read_tx() as session:
        return trees.tree_of(session, set_)


def plain(found: trees.Tree) -> list[tuple[Any, ...]]:
    """Return a tree without the ids of its rows."""
    codes = {node.id: node.code for node in found.nodes()}
    return [
        (codes.get(n.parent or 0), n.code, n.text, n.points, n.methods, n.material, n.words, n.evidence)
        for n in found.nodes()
    ]


def node(found: trees.Tree, code: str) -> trees.Node:
    return next(one for one in found.nodes() if one.code == code)


def problems(act: Callable[..., object], *given: Any) -> dict[str, str]:
    with pytest.raises(ContentError) as refusal:
        act(*given)
    return {problem.where: problem.message % problem.params for problem in refusal.value.problems}


def refused(act: Callable[..., object], *given: Any) -> str:
    with pytest.raises(NotReady) as refusal:
        act(*given)
    return "\n".join(map(str, refusal.value.reasons))


def test_points_are_whole_hundredths_and_read_as_they_are_written() -> None:
    assert [write_points(read_points(text)) for text in ("1.5", "0.05", "100", "1.50", "0")] == [
        *("1.5", "0.05", "100", "1.5", "0"),
    ]
    assert all(read_points(write_points(n)) == n for n in range(0, 10_001, 37))
    assert [read_points(text) for text in ("", "-1", "1.555", "1,5", "一", "1.")] == [None] * 6


def test_each_first_set_has_a_hundred_points_and_the_first_thirteen_projects(desk: Desk) -> None:
    first_lists.take_over(desk.id("clerk"))
    found = tree(set_id())
    assert (len(found.roots), len(found.leaves), found.total) == (13, 60, trees.FULL)
    assert {one.level for one in found.leaves} == {3}
    assert found.by_method().keys() == {"material", "site", "survey"}
    for code, projects in (("campus", 6), ("family", 8), ("window", 5)):
        other = tree(set_id(code))
        assert (len(other.roots), other.total) == (projects, trees.FULL)
    for one in ("unit", "campus", "family", "window"):
        assert trees.lacks(tree(set_id(one)), ["material", "site", "survey"]) == []


def test_a_fixed_version_is_changed_by_a_copy_only(desk: Desk) -> None:
    clerk = desk.id("clerk")
    announced(desk, closes="2099-04-30T18:00")
    fixed = set_id()
    leaf = node(tree(fixed), "A1.1")
    before = desk.fingerprint()
    for act, given in (
        (indicators.put, (fixed, leaf.id, {"code": "A1.1", "text": "别的", "points": "3"})),
        (indicators.remove, (fixed, leaf.id)),
        (indicators.move, (fixed, leaf.id, 1)),
        (indicator_sets.rename_set, (fixed, {"name": "别的"})),
        (indicator_sets.drop_set, (fixed,)),
        (tree_book.take_in, (fixed, workbook(ROWS))),
    ):
        assert refused(act, clerk, *given).startswith("A campaign was announced with this version")
    assert desk.fingerprint() == before
    new = indicator_sets.new_version(clerk, fixed)
    copied = tree(new)
    assert (copied.set.version, copied.set.based_on_id, copied.set.fixed_at) == (2, fixed, None)
    assert plain(copied) == plain(tree(fixed))
    changed = {"code": "A1.1", "text": "别的", "points": "2.5", "methods": ["material"]}
    indicators.put(clerk, new, node(copied, "A1.1").id, changed)
    assert (tree(new).total, tree(fixed).total) == (trees.FULL - 50, trees.FULL)
    assert refused(indicator_sets.drop_set, clerk, fixed).startswith("A campaign was announced")
    indicator_sets.drop_set(clerk, new)
    with pytest.raises(NotFound):
        tree(new)


def test_a_tree_is_built_moved_and_cut_back(desk: Desk) -> None:
    clerk = desk.id("clerk")
    new = indicator_sets.new_set(clerk, {"code": "window", "name": "服务窗口"})
    top = indicators.put(clerk, new, 0, {"code": "A", "text": "环境"})
    leaf = {"methods": ["site"], "words": "300", "evidence": "", "material": "图片"}
    first = indicators.put(clerk, new, 0, {"code": "A1", "text": "整洁", "parent": str(top), **leaf})
    second = indicators.put(
        clerk, new, 0, {"code": "A2", "text": "标识", "parent": str(top), "points": "4.5", **leaf}
    )
    below = {"code": "A1.1", "text": "地面", "parent": str(first), "points": "1"}
    third = indicators.put(clerk, new, 0, below | leaf)
    assert [(one.code, one.level, one.points) for one in tree(new).nodes()] == [
        ("A", 1, 550),
        ("A1", 2, 100),
        ("A1.1", 3, 100),
        ("A2", 2, 450),
    ]
    deeper = {"code": "A1.1", "text": "", "parent": str(third), "points": "101"}
    assert problems(indicators.put, clerk, new, 0, deeper) == {
        "code": "A1.1 is in the list already.",
        "text": "This must not be empty.",
        "points": "These must be points from 0 to 100, with two decimals at most.",
        "parent": "A tree has three levels at most.",
    }
    scored = {"code": "A2.1", "text": "清楚", "parent": str(second)}
    assert "has points of its own" in problems(indicators.put, clerk, new, 0, scored)["parent"]
    assert refused(indicators.remove, clerk, new, first).startswith("There are indicators below A1")
    indicators.move(clerk, new, second, -1)
    assert [one.code for one in tree(new).roots[0].children] == ["A2", "A1"]
    indicators.remove(clerk, new, third)
    with read_tx() as session:
        wrong = [str(one) for one in trees.lacks(trees.tree_of(session, new), ["material"])]
    assert wrong == [
        "服务窗口 v1 gives no points for A1",
        "服务窗口 v1: none of the campaign's methods judges A2、A1",
    ]
    with pytest.raises(NotFound):
        indicators.remove(clerk, new, third)
    assert set(problems(indicator_sets.new_set, clerk, {"code": "window", "name": ""})) == {"code", "name"}


ROWS: list[Sequence[Cell]] = [
    ("A", None, "环境", None, None, None, None, None),
    ("A1", "A", "整洁", "4.5", "实地考察、材料审核", "图片", 300, "否"),
    ("A2", "A", "=标识", 5, "材料审核", None, None, None),
]
WRONG: list[tuple[Sequence[Cell], str, str]] = [
    (("A", None, "又一个", None, None), "A", "This is in row 2 already"),
    (("B1", "B", "无上级", 1, "材料审核"), "B", "B does not stand in a row above"),
    (("A2.1", "A2", "下级", 1, "测评"), "E", "测评 is none of the methods 材料审核、实地考察、问卷调查"),
    (("A1.1.1", "A1.1", "太深", 1, "材料审核"), "B", "A tree has three levels at most."),
    (("C", None, "无分值", None, "材料审核"), "D", "It is scored and has no points"),
    (("D", None, "无方法", 1, None), "E", "It is scored and no method is named"),
    (("E", None, "太多", "1.555", "材料审核"), "D", "These must be points from 0 to 100"),
    (("甲", None, "编号", 1, "材料审核"), "A", "A number has 1 to 16 letters"),
    (("F", None, None, 1, "材料审核"), "C", "This must not be empty."),
]


def workbook(rows: Sequence[Sequence[Cell]]) -> bytes:
    return write_workbook([Table("测评指标", tree_book.FORM.headings, rows)])


def test_what_goes_out_comes_in_again_the_same(desk: Desk) -> None:
    clerk = desk.id("clerk")
    first_lists.take_over(clerk)
    with read_tx() as session:
        name, content = tree_book.export(session, desk.person("deputy"), set_id())
    assert name == "文明单位测评体系（第1版）"
    new = indicator_sets.new_set(clerk, {"code": "again", "name": "再来"})
    assert tree_book.take_in(clerk, new, content) == 60
    assert plain(tree(new)) == plain(tree(set_id()))
    assert tree_book.take_in(clerk, new, workbook(ROWS)) == 2
    assert plain(tree(new)) == [
        (None, "A", "环境", 950, (), "", 0, False),
        ("A", "A1", "整洁", 450, ("material", "site"), "图片", 300, False),
        ("A", "A2", "=标识", 500, ("material",), "", 500, True),
    ]


def test_the_dry_run_of_a_tree_names_row_column_and_reason() -> None:
    deep: list[Sequence[Cell]] = [("A1.1", "A1", "第三级", 1, "材料审核")]
    found = tree_book.read(workbook([*ROWS, *deep, *(row for row, _, _ in WRONG)]))
    told = [(one.row, one.column, str(one.reason)) for one in found.findings]
    assert (3, "D", "It has indicators below it, whose points are summed up: leave this empty") in told
    for number, (_, column, reason) in enumerate(WRONG, start=6):
        assert any(
            row == number and where == column and why.startswith(reason) for row, where, why in told
        ), (number, told)
    empty = tree_book.read(workbook([]))
    assert [str(one.reason) for one in empty.findings] == ["There is no row in it"]


def test_only_the_office_clerk_edits_trees(desk: Desk) -> None:
    campaign(desk)
    used, other = set_id(), set_id("family")
    before = desk.fingerprint()
    acts: list[tuple[Callable[..., object], tuple[Any, ...]]] = [
        (indicator_sets.new_set, ({"code": "x", "name": "某"},)),
        (indicator_sets.new_version, (used,)),
        (indicator_sets.rename_set, (used, {"name": "某"})),
        (indicator_sets.drop_set, (other,)),
        (indicators.put, (used, 0, {})),
        (indicators.remove, (used, 1)),
        (indicators.move, (used, 1, 1)),
        (tree_book.take_in, (used, workbook(ROWS))),
    ]
    for who in ("deputy", "expert1", "unit1", "admin"):
        for act, given in acts:
            with pytest.raises(NotAllowed):
                act(desk.id(who), *given)
    assert desk.fingerprint() == before
    told = refused(indicator_sets.drop_set, desk.id("clerk"), used)
    assert told == "A campaign uses this version"
