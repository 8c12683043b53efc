"""Tell the three kinds of change after sign-off apart (条例 art. 25(1)).

版式调整 changes no character, 文字校正 mends a slip, 实质性修改 goes back to the signatory. Whoever
makes the change says which it is; what could change the meaning is of the third kind whatever they say.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher

from docgen.sheet import Content
from states.reasons import Reason

KINDS = ("layout", "wording", "substance")

_SPACE = re.compile(r"\s+")
_FIGURES = re.compile(r"[0-9０-９][0-9０-９.,．，%％]*|[〇零一二两三四五六七八九十百千万亿]+")
_TITLES = re.compile(r"《[^》]*》?|〈[^〉]*〉?")
_RESTRICTIONS = re.compile(r"不|未|无|除外")
_MOST_NEIGHBOURS = 2
_CLOSE = 3  # changes nearer to each other than this are one change

_FIXED_FIELDS: tuple[tuple[Reason, Callable[[Content], object]], ...] = (
    (Reason("The title was changed."), lambda c: (c.title, c.issued_text and c.issued_text.title)),
    (Reason("The addressees were changed."), lambda c: (c.addressees, c.copy_to)),
    (Reason("The list of attachments was changed."), lambda c: tuple(part.title for part in c.attachments)),
    (
        Reason("A file among the attachments was changed."),
        lambda c: tuple(part.file for part in c.attachments),
    ),
    (Reason("A picture was changed."), lambda c: c.pictures),
    (Reason("The agencies of a joint document were changed."), lambda c: (c.co_agencies, c.lead_only)),
    (Reason("The disclosure was changed."), lambda c: c.disclosure),
    (
        Reason("Type, agency, urgency, seal or note was changed."),
        lambda c: (c.type, c.agency, c.urgency, c.seal, c.note),
    ),
    (
        Reason("Form, name chop or the numbering of copies was changed."),
        lambda c: (c.form, c.stamp, c.numbered),
    ),
    (Reason("The lists of who was there were changed."), lambda c: c.attendance),
    (Reason("What it rescinds, repeals or replaces was changed."), lambda c: c.ends),
)
_TRACES: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    (Reason("A figure or a date was changed."), _FIGURES),
    (Reason("Something in 《》 was changed."), _TITLES),
    (Reason("不, 未, 无 or 除外 was changed."), _RESTRICTIONS),
)


def texts(content: Content) -> list[str]:
    """Return the running texts of a content: body, issued text, attachments."""
    issued = [content.issued_text.body] if content.issued_text else []
    return [content.body, *issued, *(part.body for part in content.attachments)]


def same_characters(before: Content, after: Content) -> bool:
    """Say whether two contents differ in nothing but spaces and line breaks."""
    return _SPACE.sub("", before.canonical().replace("\\n", "")) == _SPACE.sub(
        "", after.canonical().replace("\\n", "")
    )


def substance(before: Content, after: Content, names: Iterable[str]) -> list[Reason]:
    """Return why the change from one content to another is 实质性修改; nothing when it need not be.

    `names` are the directory's names of people and bodies.
    """
    found = [reason for reason, field in _FIXED_FIELDS if field(before) != field(after)]
    old, new = texts(before), texts(after)
    found += [
        reason
        for reason, pattern in _TRACES
        if [pattern.findall(text) for text in old] != [pattern.findall(text) for text in new]
    ]
    joined_old, joined_new = "\n".join(old), "\n".join(new)
    found += [
        Reason("The name %(name)s was changed.", {"name": name})
        for name in names
        if name and joined_old.count(name) != joined_new.count(name)
    ]
    longest = max((length for pair in zip(old, new, strict=False) for length in _runs(*pair)), default=0)
    if longest > _MOST_NEIGHBOURS:
        found.append(
            Reason(
                "%(count)s neighbouring characters were changed, more than %(most)s.",
                {"count": str(longest), "most": str(_MOST_NEIGHBOURS)},
            )
        )
    return found


def _runs(old: str, new: str) -> Iterator[int]:
    """Yield the length of each changed run; runs close to each other count as one.

    Paragraphs are compared first, since comparing characters takes time as the square of their number.
    """
    before, after = old.split("\n"), new.split("\n")
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _runs_within("\n".join(before[i1:i2]), "\n".join(after[j1:j2]))


def _runs_within(old: str, new: str) -> Iterator[int]:
    matcher = SequenceMatcher(None, *_middle(old, new), autojunk=False)
    length, end = 0, None
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        if end is not None and i1 - end < _CLOSE:
            length += (i1 - end) + max(i2 - i1, j2 - j1)
        else:
            if length:
                yield length
            length = max(i2 - i1, j2 - j1)
        end = i2
    if length:
        yield length


def _middle(old: str, new: str) -> tuple[str, str]:
    """Cut off what two texts share at both ends, so that comparing long texts stays quick."""
    start = 0
    shortest = min(len(old), len(new))
    while start < shortest and old[start] == new[start]:
        start += 1
    end = 0
    while end < shortest - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return old[start : len(old) - end], new[start : len(new) - end]
