"""The forms of a document, made-up papers of each that end at every line of two pages, and their faults."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from docgen import layout
from docgen.formats import upward
from docgen.sheet import Content, Part, Particulars
from tests.docgen import closings, measures
from tests.docgen.paper import Page
from tests.docgen.papers import JOINT, JOINTLY, LETTER, MINUTES, ORDER, REQUEST, SIGNED, STAMPED, Paper
from tests.docgen.twin import PARTICULARS, notice, paragraph

TWO_PAGES = 2 * layout.LINES_A_PAGE
SUBJECTS = (
    "开展读书活动",
    "在省直机关和中央驻豫单位深入开展全员读书活动",
    "在省直机关和中央驻豫单位深入开展全员读书活动并于年底前报送工作总结和典型材料有关事项",
)
"""Of titles of one, two and three lines."""

COPIES = "省委宣传部，省文明办，" + "、".join(["省直机关各有关单位"] * 8)


Notes = tuple[str, ...]


def of_a_title(page: Page, paper: Paper, above: float) -> Iterator[str]:
    """Yield what is wrong from the title, under what ends there, to the first line of the text."""
    yield from measures.of_the_title(page, above, paper.content.title)
    yield from measures.of_addressees(page, paper.content)


def file_head(page: Page, paper: Paper) -> Iterator[str]:
    """Yield what is wrong above a file's text."""
    yield from measures.of_the_mark(page, 72, paper.particulars.masthead)
    yield from measures.of_a_files_head(page, paper.particulars)
    yield from of_a_title(page, paper, page.rules[0].middle)


def upward_head(page: Page, paper: Paper) -> Iterator[str]:
    """Yield what is wrong above the text of what goes upwards."""
    yield from measures.of_the_mark(page, 72, paper.particulars.masthead)
    yield from measures.of_an_upward_head(page, paper.particulars)
    yield from of_a_title(page, paper, page.rules[0].middle)


def letter_head(page: Page, paper: Paper) -> Iterator[str]:
    """Yield what is wrong above a letter's text."""
    yield from measures.of_the_mark(page, 30, paper.particulars.masthead.removesuffix("文件"))
    yield from measures.of_a_letters_head(page, paper.particulars)
    yield from of_a_title(page, paper, page.line(paper.particulars.number or "").ink_bottom)


def order_head(page: Page, paper: Paper) -> Iterator[str]:
    """Yield what is wrong above an order's text, which has no title."""
    yield from measures.of_the_mark(page, 57, f"{paper.particulars.masthead.removesuffix('文件')}命令")
    yield from measures.of_an_orders_head(page, paper.particulars)


def minutes_head(page: Page, paper: Paper) -> Iterator[str]:
    """Yield what is wrong above the text of minutes."""
    yield from measures.of_the_mark(page, 72, f"{paper.particulars.masthead.removesuffix('文件')}纪要")
    yield from measures.of_the_head_of_minutes(page, paper.particulars)
    yield from of_a_title(page, paper, page.rules[0].middle)


def joint_head(page: Page, paper: Paper) -> Iterator[str]:
    """Yield what is wrong above the text of a joint document."""
    yield from measures.of_a_joint_mark(page, paper.particulars)
    yield from measures.of_a_files_head(page, paper.particulars)
    yield from of_a_title(page, paper, page.rules[0].middle)


@dataclass(frozen=True)
class Form:
    """A form of document, and what is its own on paper.

    `head` measures what stands above the text, `sign` what stands under it. `ruled` means an imprint
    between rules on an even page.
    """

    content: Content
    particulars: Particulars = PARTICULARS
    head: Callable[[Page, Paper], Iterator[str]] = file_head
    sign: Callable[[list[Page], Paper, Notes], Iterator[str]] = closings.of_a_signature
    notes: Callable[[Content], Notes] = lambda content: (content.note,)
    seals: tuple[bool | None, ...] = (True, False)
    titled: bool = True
    ruled: bool = True
    first_numbered: bool = True
    fewest: int = 1  # lines of a text: what stands above and below it can be too high for one beside it

    def closing(self, pages: list[Page], paper: Paper) -> Iterator[str]:
        """Yield what is wrong with signature, date and annotations."""
        return self.sign(pages, paper, self.notes(paper.content))


FORMS: dict[str, Form] = {
    "file": Form(notice("甲。")),
    "letter": Form(LETTER, head=letter_head, ruled=False, first_numbered=False),
    "upward": Form(REQUEST, SIGNED, upward_head, notes=upward.notes, fewest=2),
    "minutes": Form(MINUTES, PARTICULARS, minutes_head, closings.of_minutes, seals=(None,)),
    "order": Form(ORDER, STAMPED, order_head, closings.of_a_chop, seals=(None,), titled=False),
    "stamped": Form(replace(notice("甲。"), stamp=True), STAMPED, sign=closings.of_a_chop, seals=(None,)),
    "joint": Form(JOINT, JOINTLY, joint_head, closings.of_signatures_abreast, fewest=2),
}
"""A new form is one entry here; the sweeps and measures take it from there."""


def text_of(lines: int) -> str:
    """Return paragraphs that fill so many lines."""
    return "\n".join([paragraph(78)] * (lines // 3) + [paragraph(22)] * (lines % 3))


def paper_of(name: str, lines: int, parts: int, seal: bool | None) -> Paper:
    """Return a paper of a form whose last text has so many lines; all else in it is as chance has it."""
    form, chance = FORMS[name], Random(f"{name} {lines} {parts} {seal}")
    others = [Part(f"附表{number}" + "及说明" * chance.randint(1, 12), text_of(3)) for number in range(parts)]
    if others:
        others[-1] = replace(others[-1], body=text_of(lines))
    content = replace(
        form.content,
        title=f"关于{chance.choice(SUBJECTS)}的{form.content.type}",
        body=text_of(chance.randint(1, TWO_PAGES) if parts else lines),
        attachments=tuple(others),
        seal=seal,
        note=chance.choice(["", "此件公开发布"]),
        copy_to=chance.choice(["", "省委宣传部，省文明办", COPIES]),
        addressees=chance.choice(["省直各单位", COPIES]) if form.content.addressees else "",
    )
    return Paper(content, form.particulars)


def sweep(name: str) -> Iterator[tuple[str, Paper]]:
    """Yield papers of a form that end at every line of two pages, with attachments and without."""
    for seal in FORMS[name].seals:
        for lines in range(FORMS[name].fewest, TWO_PAGES + 1):
            for parts in (0, 1 + lines % 5):
                yield f"{lines} lines, {parts} attachments, seal {seal}", paper_of(name, lines, parts, seal)
