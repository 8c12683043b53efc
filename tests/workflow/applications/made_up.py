"""Make up what a whole campaign needs: the units' workbook, a tree of indicators, what units write."""

import random
from collections.abc import Sequence
from typing import Any

from workflow.applicants.credit_code import check_character
from workflow.campaigns.points import write_points
from workflow.campaigns.trees import Node
from workflow.spreadsheets import Cell

BODIES = ("省示范工委", "省示范教育厅", "省示范国资委")  # and a fourth of the units has none


def names(count: int) -> list[str]:
    """Return names of units; they stand in no order, so that theirs is the office's own."""
    found = [f"省直示范单位{n:03d}" for n in range(1, count + 1)]
    random.Random(7).shuffle(found)
    return found


def units(called: Sequence[str], bodies: Sequence[int | None]) -> list[tuple[Cell, ...]]:
    """Return the rows of a workbook of bodies and of units, each with an account."""
    rows: list[tuple[Cell, ...]] = [
        (name, code(9000 + n), "机关", None, "经办人", f"body{n:02d}", "推荐", None)
        for n, name in enumerate(BODIES)
    ]
    for place, (name, body) in enumerate(zip(called, bodies, strict=True)):
        over = BODIES[body] if body is not None else None
        rows.append((name, code(place), "事业单位", over, "联络员", f"unit{place:03d}", "申报", None))
    return rows


def code(number: int) -> str:
    first = f"1241000000{number:07d}"
    return first + check_character(first)


def tree(indicators: int) -> list[tuple[Cell, ...]]:
    """Return the workbook of a tree: ten indicators a project, judged by one method or two."""
    rows: list[tuple[Cell, ...]] = []
    for number in range(indicators):
        project, place = divmod(number, 10)
        letter = chr(ord("A") + project)
        if not place:
            rows.append((letter, None, f"测评项目{letter}", None, None, None, None, None))
        judged = ("实地考察", "材料审核、实地考察", "问卷调查")[place - 5] if 5 <= place < 8 else "材料审核"
        evidence = "否" if place else "是"
        leaf = f"{letter}{place + 1}"
        rows.append((leaf, letter, f"测评内容{leaf}", "1.5", judged, None, None, evidence))
    return rows


def content(
    campaign: str, category: str, leaves: list[Node], evidence: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return what a unit writes that has done all that is asked."""
    unit = {"legal_person": "主要负责人", "in_charge": "分管负责人", "staff": 120, "members": 60}
    unit |= {"address": "示范路1号", "contact": "联络员", "phone": "0371-60000000"}
    answers = [
        {
            "indicator": leaf.code,
            "points": leaf.points,
            "statement": "已落实，有方案、有记录、有成效。",
            "evidence": evidence if leaf.evidence else [],
        }
        for leaf in leaves
    ]
    return {
        "campaign": campaign,
        "category": category,
        "unit": unit,
        "overview": "创建工作常抓不懈。",
        "practice": "抓学习，抓服务，抓环境。",
        "pledged": True,
        "answers": answers,
    }


def score(draw: random.Random, leaf: Node) -> tuple[str, str]:
    """Return the points of an assessor and their reason, as they type them."""
    off = draw.choice((0, 0, 10, 25, 50))
    return write_points(leaf.points - off), "佐证不够充分。" if off else ""
