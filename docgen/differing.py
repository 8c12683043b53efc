"""Tell where the words of two papers differ, apart from how they are laid out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from .printed import Line, Place

Run = tuple[Literal["same", "out", "in"], str]

_AROUND = 12  # characters of what stayed that are shown beside a change
_LONGEST_WOVEN = 4000
_ALIKE = 0.3  # texts less alike than this are shown whole
_MOST_LINES = 4  # times those that are wanted; a file with more is another paper


@dataclass(frozen=True)
class Difference:
    """One element that does not say what it should: what stands there, went out and came in."""

    place: Place
    runs: tuple[Run, ...]


def differences(wanted: Sequence[Line], found: Sequence[Line]) -> list[Difference]:
    """Return where the words found are not those wanted, in the order of the paper; none: the same text.

    Blanks, line and paragraph breaks do not count, nor does it whether something stands in a text box;
    in which cell of a table it stands does.
    """
    rest, flow = _without_boxes(wanted, found)
    left, right = [line.key for line in rest], [line.key for line in flow]
    if len(right) > _MOST_LINES * (len(left) + 100):
        return [Difference(Place("document"), (("in", "…"),))]
    same = "".join(left) == "".join(right)
    return [*([] if same else _compared(rest, left, right)), *_moved_in_tables(wanted, found, same)]


def _without_boxes(wanted: Sequence[Line], found: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Take out of both what a text box says in one piece, wherever the box is anchored."""
    rest, flow = list(wanted), [line for line in found if not line.box]
    boxes = {
        box: list(lines)
        for box, lines in groupby((line for line in found if line.box), lambda line: line.box)
    }
    kept = set()
    for box, lines in boxes.items():
        at = _place_of("".join(line.key for line in lines), rest)
        if at is None:
            kept.add(box)
        else:
            del rest[at]
    return rest, [line for line in found if not line.box or line.box in kept] if kept else flow


def _place_of(words: str, lines: Sequence[Line]) -> slice | None:
    """Return the lines that together say these words."""
    for start in range(len(lines)):
        joined = ""
        for end in range(start, len(lines)):
            joined += lines[end].key
            if joined == words:
                return slice(start, end + 1)
            if not words.startswith(joined):
                break
    return None


def _compared(wanted: Sequence[Line], left: list[str], right: list[str]) -> Iterator[Difference]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right).get_opcodes():
        old, new = "".join(left[i1:i2]), "".join(right[j1:j2])
        if tag == "equal" or old == new:
            continue
        if i1 == i2:  # came in after a line that stayed
            at = max(i1 - 1, 0)
            yield Difference(wanted[at].place, _shortened([("same", left[at]), ("in", new)]))
            continue
        for line, runs in zip(wanted[i1:i2], _by_line(left[i1:i2], new), strict=True):
            if any(kind != "same" for kind, _ in runs):
                yield Difference(line.place, _shortened(runs))


def _moved_in_tables(wanted: Sequence[Line], found: Sequence[Line], same: bool) -> Iterator[Difference]:
    """Yield the rows of the text's tables whose words stand in other cells.

    `same`: the words are the same; a row that is nowhere has then lost its cells.
    """
    rows = _rows(found)
    there = {"".join(cells.values()): cells for cells in rows}
    text = [line for line in wanted if line.place.element == "table"]
    for cells, line in zip(_rows(text), _firsts(text), strict=True):
        if cells in rows:
            rows.remove(cells)
        elif other := there.get("".join(cells.values())):
            yield Difference(line.place, (("out", _row(cells)), ("in", _row(other))))
        elif same:
            yield Difference(line.place, (("out", _row(cells)),))


def _rows(lines: Sequence[Line]) -> list[dict[int, str]]:
    """Return each row's words by column."""
    rows: dict[int, dict[int, str]] = {}
    for line in lines:
        if line.cell:
            row = rows.setdefault(line.cell[0], {})
            row[line.cell[1]] = row.get(line.cell[1], "") + line.key
    return list(rows.values())


def _firsts(lines: Sequence[Line]) -> list[Line]:
    """Return the first line of each row."""
    firsts: dict[int, Line] = {}
    for line in lines:
        if line.cell:
            firsts.setdefault(line.cell[0], line)
    return list(firsts.values())


def _row(cells: Mapping[int, str]) -> str:
    return " | ".join(cells.get(column, "") for column in range(max(cells) + 1))


def _by_line(lines: list[str], new: str) -> list[list[Run]]:
    """Return what became of each line, given what stands in the place of all."""
    found: list[list[Run]] = [[] for _ in lines]
    ends = [sum(map(len, lines[: number + 1])) for number in range(len(lines))]
    at = line = 0
    for kind, words in _woven("".join(lines), new):
        if kind == "in":
            found[line].append((kind, words))
            continue
        while words:
            while at == ends[line] and line + 1 < len(lines):
                line += 1
            piece, words = words[: ends[line] - at], words[ends[line] - at :]
            found[line].append((kind, piece))
            at += len(piece)
    return found


def _woven(old: str, new: str) -> Iterator[Run]:
    start = end = 0
    shortest = min(len(old), len(new))
    while start < shortest and old[start] == new[start]:
        start += 1
    while end < shortest - start and old[-1 - end] == new[-1 - end]:
        end += 1
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    runs: list[Run] = [("same", old[:start]), *_inner(before, after), ("same", old[len(old) - end :])]
    yield from (run for run in runs if run[1])


def _inner(old: str, new: str) -> Iterator[Run]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if len(old) + len(new) > _LONGEST_WOVEN or matcher.ratio() < _ALIKE:
        yield from (("out", old), ("in", new))
        return
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield "same", old[i1:i2]
        else:
            yield from (("out", old[i1:i2]), ("in", new[j1:j2]))


def _shortened(runs: list[Run]) -> tuple[Run, ...]:
    """Return the runs with no more of what stayed than shows where the change is."""
    last = len(runs) - 1
    found: list[Run] = []
    for number, (kind, words) in enumerate(runs):
        if kind == "same" and len(words) > 2 * _AROUND:
            head = "" if number == 0 else words[:_AROUND]
            tail = "" if number == last else words[-_AROUND:]
            words = f"{head}…{tail}"
        found.append((kind, words))
    return tuple(found)
