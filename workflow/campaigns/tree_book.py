"""Write a tree of indicators as a workbook, and take one in: a dry run first, row, column and reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from ..assessment.reckoning import METHODS
from ..directory import Person
from ..installation import write_tx
from ..intake import cells
from ..intake.columns import Column, Form
from ..intake.findings import Finding
from ..intake.sheets import Line, read_sheets
from ..office.log import note
from ..spreadsheets import Cell, Table, read_workbook, write_workbook
from .clerk import clerk, refuse_strangers
from .first_lists import WORDS
from .indicator_sets import to_edit
from .indicators import CODE, LONGEST_MATERIAL, LONGEST_TEXT, MOST_NODES, MOST_WORDS
from .planting import clear, plant
from .points import read_points, write_points
from .trees import FULL, LEVELS, Tree, tree_of

CODE_, PARENT, TEXT, POINTS, METHOD, MATERIAL, MOST_WORDS_, EVIDENCE = (
    *("编号", "上级编号", "内容", "分值", "测评方法", "材料要求"),
    *("字数", "须附佐证"),
)
METHOD_NAMES = {"material": "材料审核", "site": "实地考察", "survey": "问卷调查"}


def _number(cell: Cell) -> str:
    found = cells.text(cell, 16)
    if not CODE.fullmatch(found):
        raise NotReady([Reason("A number has 1 to 16 letters, figures and . - _, such as A1.2.")])
    return found


def _points(cell: Cell) -> int:
    found = read_points(cells.text(cell, 16))
    if found is None or found > FULL:
        most = {"most": write_points(FULL)}
        raise NotReady([Reason("These must be points from 0 to %(most)s, with two decimals at most.", most)])
    return found


def _methods(cell: Cell) -> tuple[str, ...]:
    names = cells.names(cell)
    known = {name: method for method, name in METHOD_NAMES.items()}
    if wrong := [name for name in names if name not in known]:
        told = {"names": "、".join(wrong)[:40], "known": "、".join(known)}
        raise NotReady([Reason("%(names)s is none of the methods %(known)s", told)])
    return tuple(method for method in METHODS if METHOD_NAMES[method] in names)


def _words(cell: Cell) -> int:
    found = cells.text(cell, 16)
    if not found.isdecimal() or int(found) > MOST_WORDS:
        told = {"least": "0", "most": str(MOST_WORDS)}
        raise NotReady([Reason("This must be a whole number from %(least)s to %(most)s.", told)])
    return int(found)


FORM = Form(
    "测评指标",
    "一行一个指标，上级在下级之前。没有下级的指标计分。",
    (
        Column(CODE_, _number, "指标编号，全表不重复。", "A1.1", True, 10),
        Column(PARENT, _number, "上级指标的编号；最高一级留空。", "A1", width=10),
        Column(TEXT, partial(cells.text, limit=LONGEST_TEXT), "指标内容。", "有固定场所", True, 52),
        Column(POINTS, _points, "计分指标的分值，最多两位小数；有下级的留空。", "1.5", width=8),
        Column(
            METHOD,
            _methods,
            "、".join(METHOD_NAMES.values()) + "，可多项，用顿号隔开。",
            "材料审核",
            width=20,
        ),
        Column(MATERIAL, partial(cells.text, limit=LONGEST_MATERIAL), "要求提交的材料。", "图片", width=28),
        Column(MOST_WORDS_, _words, f"说明的字数上限；留空为{WORDS}。", 500, width=8),
        Column(EVIDENCE, cells.yes_no, "是否必须上传佐证材料：是或否；留空即是。", cells.YES, width=10),
    ),
)


@dataclass(frozen=True)
class Read:
    """What a workbook holds: with findings it is not taken in."""

    findings: tuple[Finding, ...]
    rows: tuple[Line, ...]

    @property
    def leaves(self) -> list[Line]:
        parents = {line.values[PARENT] for line in self.rows}
        return [line for line in self.rows if line.values[CODE_] not in parents]

    @property
    def total(self) -> int:
        return sum(int(str(line.values[POINTS] or 0)) for line in self.leaves)


def export(session: Session, person: Person, set_id: int) -> tuple[str, bytes]:
    """Return a version's name and its workbook, which taken in again gives the same tree."""
    refuse_strangers(person)
    tree = tree_of(session, set_id)
    return f"{tree.set.name}（第{tree.set.version}版）", write_workbook([_table(tree)], landscape=True)


def _table(tree: Tree) -> Table:
    codes = {node.id: node.code for node in tree.nodes()}
    rows: list[Sequence[Cell]] = []
    for node in tree.nodes():
        row: list[Cell] = [node.code, codes.get(node.parent or 0), node.text]
        if node.scored:
            names = "、".join(METHOD_NAMES[method] for method in node.methods)
            row += [write_points(node.points), names, node.material or None, node.words]
            row += [cells.YES if node.evidence else cells.NO]
        rows.append(row)
    return Table(FORM.name, FORM.headings, rows, [column.width for column in FORM.columns])


def read(content: bytes) -> Read:
    """Check a workbook against itself; raises NotReady when it is none."""
    findings: list[Finding] = []
    lines = read_sheets(read_workbook(content), (FORM,), findings).get(FORM.name, [])
    findings += _faults(lines)
    if not lines and not findings:
        findings.append(Finding(FORM.name, 0, "", "", Reason("There is no row in it")))
    if len(lines) > MOST_NODES:
        most = Reason("A tree has at most %(most)s indicators.", {"most": str(MOST_NODES)})
        findings.append(Finding(FORM.name, 0, "", "", most))
    findings.sort(key=lambda one: one.row)
    return Read(tuple(findings), tuple(lines))


def _faults(lines: Sequence[Line]) -> list[Finding]:
    found: list[Finding] = []
    levels: dict[Any, int] = {}
    first: dict[Any, int] = {}
    parents = {line.values[PARENT] for line in lines}
    for line in lines:
        code, parent = line.values[CODE_], line.values[PARENT]
        if code is not None and code in first:
            row = {"row": str(first[code])}
            found.append(line.finding(CODE_, Reason("This is in row %(row)s already", row)))
        first.setdefault(code, line.row.number)
        if parent is not None and parent not in levels:
            told = {"code": str(parent)}
            found.append(line.finding(PARENT, Reason("%(code)s does not stand in a row above", told)))
        levels.setdefault(code, levels.get(parent, 0) + 1 if parent is not None else 1)
        if levels[code] > LEVELS:
            found.append(line.finding(PARENT, Reason("A tree has three levels at most.")))
        found += _points_faults(line, code in parents)
    return found


def _points_faults(line: Line, has_children: bool) -> list[Finding]:
    given, methods = line.values[POINTS], line.values[METHOD]
    if has_children:
        told = Reason("It has indicators below it, whose points are summed up: leave this empty")
        return [line.finding(POINTS, told)] if given else []
    wrong = []
    if not given and POINTS not in line.unread:
        wrong.append(line.finding(POINTS, Reason("It is scored and has no points")))
    if not methods and METHOD not in line.unread:
        wrong.append(line.finding(METHOD, Reason("It is scored and no method is named")))
    return wrong


def take_in(actor_id: int, set_id: int, content: bytes) -> int:
    """Put a workbook's tree in the place of a version's; return how many indicators are scored.

    Raises NotAllowed, NotFound, NotReady when the version is fixed or anything is wrong with the workbook.
    """
    found = read(content)
    with write_tx() as session:
        clerk(session, actor_id)
        kept = to_edit(session, set_id)
        if found.findings:
            raise NotReady([finding.reason for finding in found.findings])
        clear(session, set_id)
        scored = {line.values[CODE_] for line in found.leaves}
        lines = enumerate(found.rows)
        plant(session, set_id, [_row(n, line.values, line.values[CODE_] in scored) for n, line in lines])
        details = {"set": kept.code, "version": kept.version, "rows": len(found.rows)}
        note(session, actor_id, "indicator_set_imported", kept.name, details)
    return len(scored)


def _row(position: int, values: Mapping[str, Any], scored: bool) -> Mapping[str, Any]:
    words = values[MOST_WORDS_]
    return {
        "code": values[CODE_],
        "parent": values[PARENT] or "",
        "position": position,
        "text": values[TEXT],
        "points": values[POINTS] or 0,
        "methods": list(values[METHOD] or ()) if scored else [],
        "material": values[MATERIAL] or "" if scored else "",
        "words": (WORDS if words is None else words) if scored else 0,
        "evidence": values[EVIDENCE] is not False if scored else False,
    }
