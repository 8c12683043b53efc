"""Write the XML text of paragraphs, runs and tables, children in the order of the schema."""

from dataclasses import dataclass
from typing import Literal

from .layout import RED, RED_RULE_EIGHTHS, RED_RULE_GAP_PT, RED_RULE_TW, Style

_HINT = '<w:rFonts w:hint="eastAsia"/>'


def escape(text: str) -> str:
    """Return the text as it stands between tags or in an attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def run(text: str, properties: str = "", *, fonts: str = _HINT) -> str:
    """Return runs of the text; `\\n` is a line break, `\\t` a tab. `properties` follow the fonts."""
    pieces = []
    for number, line in enumerate(text.split("\n")):
        if number:
            pieces.append("<w:br/>")
        for column, piece in enumerate(line.split("\t")):
            if column:
                pieces.append("<w:tab/>")
            if piece:
                pieces.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    if not pieces:
        return ""
    return f"<w:r><w:rPr>{fonts}{properties}</w:rPr>{''.join(pieces)}</w:r>"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the paper: the layout counts its lines, the DOCX has its XML.

    The first `lead` characters are in `lead_style`'s font. What is None is as the style says.
    `page_break` begins a page before it. A blank `rule` has the red one's room. `xml` replaces the runs
    of the text.
    """

    style: Style
    text: str = ""
    lead: int = 0
    lead_style: str = ""
    line_tw: int | None = None
    indents_tw: tuple[int, int, int] | None = None  # left, right, first line
    align: str | None = None
    keep_next: bool | None = None
    page_break: bool = False
    rule: Literal["", "red", "blank"] = ""
    tabs: tuple[tuple[str, int], ...] = ()  # alignment, twips from the type area's left edge
    properties: str = ""
    xml: str = ""
    section: str = ""
    foot_tw: int = 0  # stays blank at the foot of its page

    def to_xml(self) -> str:
        """Return `w:p`."""
        content = self.xml or self._runs()
        return f"<w:p>{self._properties()}{content}</w:p>"

    def _runs(self) -> str:
        if not self.lead:
            return run(self.text, self.properties)
        style = f'<w:rStyle w:val="{self.lead_style}"/>'
        head = run(self.text[: self.lead]).replace("<w:rPr>", f"<w:rPr>{style}", 1)
        return head + run(self.text[self.lead :])

    def _properties(self) -> str:
        parts = [f'<w:pStyle w:val="{self.style.id}"/>']
        if self.keep_next is not None:
            parts.append("<w:keepNext/>" if self.keep_next else '<w:keepNext w:val="0"/>')
        if self.page_break:
            parts.append("<w:pageBreakBefore/>")
        if self.rule == "red":
            parts.append(
                f'<w:pBdr><w:bottom w:val="single" w:sz="{RED_RULE_EIGHTHS}"'
                f' w:space="{RED_RULE_GAP_PT}" w:color="{RED}"/></w:pBdr>'
            )
        if self.tabs:
            stops = "".join(f'<w:tab w:val="{align}" w:pos="{place}"/>' for align, place in self.tabs)
            parts.append(f"<w:tabs>{stops}</w:tabs>")
        if self.rule == "blank":
            parts.append(line_spacing(self.line_tw or self.style.line_tw, RED_RULE_TW))
        elif self.line_tw is not None and not self.style.around_tw:
            parts.append(line_spacing(self.line_tw))
        if self.indents_tw is not None:
            parts.append(indents(*self.indents_tw))
        if self.align is not None:
            parts.append(f'<w:jc w:val="{self.align}"/>')
        if self.section:
            parts.append(self.section)
        return f"<w:pPr>{''.join(parts)}</w:pPr>"


def line_spacing(line_tw: int, after_tw: int = 0) -> str:
    """Return `w:spacing` of lines of just that height."""
    return f'<w:spacing w:before="0" w:after="{after_tw}" w:line="{line_tw}" w:lineRule="exact"/>'


def room_around(above_tw: int, below_tw: int) -> str:
    """Return `w:spacing` of lines as high as what stands in them."""
    return f'<w:spacing w:before="{above_tw}" w:after="{below_tw}" w:line="240" w:lineRule="auto"/>'


def indents(left_tw: int, right_tw: int, first_tw: int) -> str:
    """Return `w:ind`; a negative first line hangs."""
    first = f'w:hanging="{-first_tw}"' if first_tw < 0 else f'w:firstLine="{first_tw}"'
    return f'<w:ind w:left="{left_tw}" w:right="{right_tw}" {first}/>'
