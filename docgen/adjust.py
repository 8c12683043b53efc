"""Say how a document's layout departs from the standard one, apart from its text."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from . import layout
from .errors import ContentError, Problem
from .measure import width
from .outline import Table, read_outline
from .sheet import Content
from .title import break_title

_KEYS = ("title_lines", "line_tw", "masthead_size_pt", "masthead_percent", "page_breaks")
_SHOWN = 40


@dataclass(frozen=True)
class Layout:
    """What is laid out by hand; what is unset is laid out by the system.

    `line_tw` is the pitch of the text's lines, from the addressees on. `page_breaks` are the numbers of
    the paragraphs before which a page begins, counted through body, issued text and attachments.
    """

    title_lines: tuple[str, ...] = ()
    line_tw: int | None = None
    masthead_size_pt: int | None = None
    masthead_percent: int | None = None
    page_breaks: tuple[int, ...] = ()

    def to_dict(self) -> dict[str, Any] | None:
        """Return what is set, as JSON has it, or None."""
        plain = {
            key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()
        }
        return {key: value for key, value in plain.items() if value not in (None, [])} or None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> "Layout":
        """Return the layout of `to_dict`."""
        kept: dict[str, Any] = dict(data or {})
        for key in ("title_lines", "page_breaks"):
            kept[key] = tuple(kept.get(key, ()))
        return cls(**kept)

    def fitting(self, content: Content) -> "Layout":
        """Return the layout without what a changed text has left behind."""
        if not self.title_lines and not self.page_breaks:
            return self
        free = {paragraph.number for paragraph in paragraphs(content) if paragraph.may_begin_a_page}
        return replace(
            self,
            title_lines=self.title_lines if "".join(self.title_lines) == content.title else (),
            page_breaks=tuple(number for number in self.page_breaks if number in free),
        )


STANDARD = Layout()
"""Nothing is laid out by hand."""


@dataclass(frozen=True)
class Numbered:
    """A paragraph or table of a content: the field that it is of, and how it begins."""

    number: int
    field: str
    beginning: str
    may_begin_a_page: bool


def texts(content: Content) -> Iterator[tuple[str, str]]:
    """Yield the running texts in the order of the paper, each after its field's name."""
    yield "body", content.body
    if content.issued_text:
        yield "issued_text.body", content.issued_text.body
    for index, part in enumerate(content.attachments):
        yield f"attachments[{index}].body", part.body


def paragraphs(content: Content) -> Iterator[Numbered]:
    """Yield the paragraphs and tables as `page_breaks` counts them.

    Page 1 must show text (GB/T 9704-2012, 7.3.3) and a title does not stand alone, so no page begins
    before the first paragraph of a text.
    """
    number = 0
    for field, text in texts(content):
        for index, block in enumerate(read_outline(text)):
            number += 1
            words = " | ".join(block.rows[0]) if isinstance(block, Table) else block.text
            yield Numbered(number, field, words[:_SHOWN], index > 0)


def breaks_by_text(content: Content, page_breaks: tuple[int, ...]) -> dict[str, Container[int]]:
    """Return the page breaks by field, counted within each text from 1."""
    found: dict[str, set[int]] = {}
    if page_breaks:
        first: dict[str, int] = {}
        for paragraph in paragraphs(content):
            start = first.setdefault(paragraph.field, paragraph.number - 1)
            if paragraph.number in page_breaks:
                found.setdefault(paragraph.field, set()).add(paragraph.number - start)
    return dict(found)


def read_layout(data: Mapping[str, Any], content: Content) -> Layout:
    """Read a layout for a content that came from outside.

    `title_lines` may be a text with a line each. Raises ContentError with every problem.
    """
    if not isinstance(data, Mapping):
        raise ContentError([Problem("layout", "This must be an object.")])
    problems = [
        Problem(ascii(str(key))[1:-1][:40], "There is no such field.") for key in data if key not in _KEYS
    ]
    sizes, percents = layout.MASTHEAD_GIVEN_SIZES_PT, layout.MASTHEAD_GIVEN_PERCENTS
    read = Layout(
        _title_lines(data.get("title_lines"), content.title, problems),
        _pitch(data.get("line_tw"), problems),
        _number(data.get("masthead_size_pt"), "masthead_size_pt", sizes, problems),
        _number(data.get("masthead_percent"), "masthead_percent", percents, problems),
        _page_breaks(data.get("page_breaks"), content, problems),
    )
    if problems:
        raise ContentError(problems)
    return read


def _title_lines(value: Any, title: str, problems: list[Problem]) -> tuple[str, ...]:
    """Return the title cut where the lines end, nothing where the system ends them there too.

    Blanks at a line's ends count for nothing.
    """
    given = value.split("\n") if isinstance(value, str) else value or ()
    if not isinstance(given, (list, tuple)) or not all(isinstance(line, str) for line in given):
        problems.append(Problem("title_lines", "This must be a list of lines."))
        return ()
    wanted = [squeezed for line in given if (squeezed := "".join(line.split()))]
    if not wanted:
        return ()
    if "".join(wanted) != "".join(title.split()):
        problems.append(
            Problem("title_lines", "The lines together must be the title: %(title)s", {"title": title})
        )
        return ()
    lines = _cut(title, [len(line) for line in wanted])
    for number, line in enumerate(lines, 1):
        if width(line) > layout.TITLE_CAPACITY:
            params = {"number": str(number), "limit": str(layout.TITLE_CAPACITY)}
            problems.append(
                Problem("title_lines", "Line %(number)s is longer than %(limit)s characters.", params)
            )
    return () if lines == break_title(title) else lines


def _cut(title: str, lengths: list[int]) -> tuple[str, ...]:
    """Cut a title into lines of so many characters, blanks not counted; a blank ends the line before it."""
    lines, start = [], 0
    for length in lengths:
        end = start
        while length or (end < len(title) and title[end].isspace()):
            length -= not title[end].isspace()
            end += 1
        lines.append(title[start:end])
        start = end
    return tuple(lines)


def _number(value: Any, where: str, allowed: range, problems: list[Problem]) -> int | None:
    if value is None or (type(value) is int and value in allowed):
        return value
    params = {"least": str(allowed[0]), "most": str(allowed[-1])}
    problems.append(Problem(where, "This must be a whole number from %(least)s to %(most)s.", params))
    return None


def _pitch(value: Any, problems: list[Problem]) -> int | None:
    allowed = layout.PITCHES_TW
    if value is None or (type(value) is int and value in allowed):
        return value
    params = {"least": f"{allowed[0] / 20:g}", "most": f"{allowed[-1] / 20:g}"}
    problems.append(Problem("line_tw", "This must be between %(least)s and %(most)s pt.", params))
    return None


def _page_breaks(value: Any, content: Content, problems: list[Problem]) -> tuple[int, ...]:
    given = value or ()
    if not isinstance(given, (list, tuple)) or any(type(number) is not int for number in given):
        problems.append(Problem("page_breaks", "This must be a list of paragraph numbers."))
        return ()
    where, chosen = "page_breaks", sorted(set(given))
    known = {paragraph.number: paragraph for paragraph in paragraphs(content)}
    for number in chosen:
        which = {"number": str(number)}
        if number not in known:
            problems.append(Problem(where, "There is no paragraph %(number)s.", which))
        elif not known[number].may_begin_a_page:
            problems.append(
                Problem(where, "Paragraph %(number)s is the first of its text: no page begins there.", which)
            )
    return tuple(chosen)
