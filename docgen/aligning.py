"""Tell which words, paragraphs and rows of two texts are the same, and which went out or came in."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

Ops = list[tuple[int | None, int | None]]
"""Places in the old and in the new sequence: both where something stayed, one where it went or came."""

_WORD = re.compile(r"《[^《》]{1,40}》|\d+(?:\.\d+)*|[A-Za-z]+|.", re.DOTALL)
_CLAUSE_ENDS = frozenset("。；，！？：\n")
_COMPARED_AT_ONCE = 500  # words; longer ones are compared clause by clause first
_LONGEST_WOVEN = 3000
_SPECK = 4  # fewer words that stayed between two longer changes: the whole reads better as one change
_ALIKE = 0.45  # less alike paragraphs are not one paragraph changed
_MOST_OF, _A_FEW = 0.7, 4  # of the shorter paragraph, and characters, at its ends
_MOST_PAIRS = 40_000


def words(text: str) -> list[str]:
    """Cut a text into what changes as a whole: a figure, a Latin word, a name in 《》, one 汉字."""
    return _WORD.findall(text)


def word_ops(old: Sequence[str], new: Sequence[str]) -> Ops:
    """Return what became of the words of a paragraph."""
    ops: Ops = []
    for tag, i1, i2, j1, j2 in _whole_sentences(_without_specks(list(_opcodes(old, new))), old, new):
        if tag == "equal":
            ops += zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            ops += [(i, None) for i in range(i1, i2)]
            ops += [(None, j) for j in range(j1, j2)]
    return ops


_Opcode = tuple[str, int, int, int, int]


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Opcode]:
    start, end = _shared(old, new)
    last_old, last_new = len(old) - end, len(new) - end
    if start:
        yield ("equal", 0, start, 0, start)
    if start < last_old or start < last_new:
        for tag, i1, i2, j1, j2 in _middle(old[start:last_old], new[start:last_new]):
            yield (tag, i1 + start, i2 + start, j1 + start, j2 + start)
    if end:
        yield ("equal", last_old, len(old), last_new, len(new))


def _shared(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Return how many words two texts share at their beginning and at their end."""
    shortest, start, end = min(len(old), len(new)), 0, 0
    while start < shortest and old[start] == new[start]:
        start += 1
    while end < shortest - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end


def _middle(old: Sequence[str], new: Sequence[str]) -> Iterator[_Opcode]:
    if len(old) + len(new) <= _COMPARED_AT_ONCE:
        yield from SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    else:
        yield from _by_clause(old, new)


def _by_clause(old: Sequence[str], new: Sequence[str]) -> Iterator[_Opcode]:
    before, after = _clauses(old), _clauses(new)
    at = [[0, *(end for _, end in ends)] for ends in (before, after)]
    matcher = SequenceMatcher(None, [c for c, _ in before], [c for c, _ in after], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        a1, a2, b1, b2 = at[0][i1], at[0][i2], at[1][j1], at[1][j2]
        if tag == "replace" and a2 - a1 + b2 - b1 <= _LONGEST_WOVEN:
            within = SequenceMatcher(None, old[a1:a2], new[b1:b2], autojunk=False).get_opcodes()
            yield from ((t, k1 + a1, k2 + a1, m1 + b1, m2 + b1) for t, k1, k2, m1, m2 in within)
        else:
            yield (tag, a1, a2, b1, b2)


def _clauses(text: Sequence[str]) -> list[tuple[str, int]]:
    """Return each clause with the place where it ends."""
    found, start = [], 0
    for place, word in enumerate(text, 1):
        if word in _CLAUSE_ENDS or place == len(text):
            found.append(("".join(text[start:place]), place))
            start = place
    return found


def _without_specks(opcodes: list[_Opcode]) -> list[_Opcode]:
    """Join changes between which next to nothing stayed."""
    joined: list[_Opcode] = []
    for number, code in enumerate(opcodes):
        tag, _, i2, _, j2 = code
        if joined and joined[-1][0] != "equal":
            following = opcodes[number + 1] if number + 1 < len(opcodes) else None
            if tag != "equal" or (following and _is_speck(joined[-1], code, following)):
                _, i1, _, j1, _ = joined[-1]
                joined[-1] = ("replace", i1, i2, j1, j2)
                continue
        joined.append(code)
    return joined


def _whole_sentences(opcodes: list[_Opcode], old: Sequence[str], new: Sequence[str]) -> list[_Opcode]:
    """Let what came or went end with the mark of its own clause, not begin with that of the one before."""
    for number in range(1, len(opcodes) - 1):
        before, (tag, i1, i2, j1, j2), after = opcodes[number - 1 : number + 2]
        changed = {"insert": new[j1:j2], "delete": old[i1:i2]}.get(tag)
        if not changed or changed[0] not in _CLAUSE_ENDS or new[after[3]] != changed[0]:
            continue
        if before[0] == after[0] == "equal":
            opcodes[number - 1] = ("equal", before[1], i1 + 1, before[3], j1 + 1)
            opcodes[number] = (tag, i1 + 1, i2 + 1, j1 + 1, j2 + 1)
            opcodes[number + 1] = ("equal", after[1] + 1, after[2], after[3] + 1, after[4])
    return opcodes


def _is_speck(before: _Opcode, code: _Opcode, after: _Opcode) -> bool:
    stayed = code[2] - code[1]
    if before[0] == after[0] != "replace":
        return False  # words only came, or only went, on both sides of what stayed
    return stayed == 1 or stayed < min(_SPECK, _size(before), _size(after))


def _size(code: _Opcode) -> int:
    return max(code[2] - code[1], code[4] - code[3])


Key = tuple[str, str, str]
"""A block's kind, its style and its text: only blocks of one kind can be the same, whatever they say."""


def block_ops(old: Sequence[Key], new: Sequence[Key], *, ends: bool = False) -> Ops:
    """Return what became of blocks: equal ones, then those alike, are the same block.

    `ends`: the last ones are the same if they are of one kind.
    """
    last: Ops = []
    if ends and old and new and old[-1][0] == new[-1][0]:
        last = [(len(old) - 1, len(new) - 1)]
        old, new = old[:-1], new[:-1]
    ops: Ops = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            ops += zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            ops += _alike(old, new, range(i1, i2), range(j1, j2))
    return ops + last


def _alike(old: Sequence[Key], new: Sequence[Key], olds: range, news: range) -> Ops:
    """Pair the blocks of one changed place so that they are alike as much as can be, in their order."""
    if len(olds) * len(news) > _MOST_PAIRS:
        return [(i, None) for i in olds] + [(None, j) for j in news]
    gains = _gains([old[i] for i in olds], [new[j] for j in news])
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for a in range(len(olds) - 1, -1, -1):
        for b in range(len(news) - 1, -1, -1):
            paired = gains[a][b] + best[a + 1][b + 1] if gains[a][b] else 0.0
            best[a][b] = max(paired, best[a + 1][b], best[a][b + 1])
    ops: Ops = []
    a = b = 0
    while a < len(olds) and b < len(news):
        if gains[a][b] and best[a][b] == gains[a][b] + best[a + 1][b + 1]:
            ops.append((olds[a], news[b]))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            ops.append((olds[a], None))
            a += 1
        else:
            ops.append((None, news[b]))
            b += 1
    return ops + [(i, None) for i in olds[a:]] + [(None, j) for j in news[b:]]


def _gains(old: Sequence[Key], new: Sequence[Key]) -> list[list[float]]:
    """Return how alike each block is to each other, 0 where they are not one block changed."""
    before, after = [_grams(key[2]) for key in old], [_grams(key[2]) for key in new]
    return [
        [_gain(key, other, b, a) for other, a in zip(new, after, strict=True)]
        for key, b in zip(old, before, strict=True)
    ]


def _gain(old: Key, new: Key, grams_old: Counter[str], grams_new: Counter[str]) -> float:
    if old[0] != new[0]:
        return 0.0
    total = grams_old.total() + grams_new.total()
    gain = 2 * (grams_old & grams_new).total() / total if total else 0.0
    if gain < _ALIKE and old[2] and new[2]:  # a text that only grew
        kept, shortest = sum(_shared(old[2], new[2])), min(len(old[2]), len(new[2]))
        gain = _ALIKE if kept >= _MOST_OF * shortest and kept >= _A_FEW else gain
    if old[0].startswith("table"):
        return max(gain, _ALIKE)  # of as many columns, in the same place: one table with other rows
    return gain if gain >= _ALIKE else 0.0


def _grams(text: str) -> Counter[str]:
    return Counter(text) + Counter(map("".join, pairwise(text)))
