"""Fit the masthead of a joint document: its agencies one a line, 文件 at their right (7.2.4)."""

from dataclasses import dataclass
from functools import lru_cache

from . import layout
from .floating import text_box
from .measure import width
from .oxml import Paragraph, run

OF_A_FILE = "文件"
_BETWEEN = 0.5  # characters, between the names and 文件
_FOOT, _LATER_FOOT = 0.03, 0.06  # of its size: between the ink's lower edge and the line's


@dataclass(frozen=True)
class JointMasthead:
    """The names of all who issue the document, spread to one width; `word` is 文件 or nothing."""

    names: tuple[str, ...]
    word: str
    size_pt: int
    percent: int

    def paragraphs(self, *, blank: bool = False) -> list[Paragraph]:
        """Return a paragraph a name; 文件 hangs on the first. `blank` ones have the room alone."""
        made = []
        for index, name in enumerate(self.names):
            line_tw = self.next_line_tw if index else self.size_pt * 20
            words = "" if blank else self._spread(name)
            box = "" if blank or index else self._word()
            made.append(
                Paragraph(
                    layout.MASTHEAD,
                    "" if blank else name,
                    line_tw=line_tw,
                    align="left",
                    indents_tw=(self._left_tw, 0, 0),
                    xml=box + words,
                )
            )
        return made

    @property
    def next_line_tw(self) -> int:
        """Height of each line after the first."""
        return round(self.size_pt * 20 * layout.MASTHEAD_LEADING)

    @property
    def height_tw(self) -> int:
        """Height of all lines."""
        return self.size_pt * 20 + self.next_line_tw * (len(self.names) - 1)

    @property
    def drop_tw(self) -> int:
        """Room above it, so that its ink and not its line begins where it should."""
        return layout.MASTHEAD_DROP_TW - round(self.size_pt * 20 * layout.MASTHEAD_INK_DROP)

    @property
    def _char_tw(self) -> float:
        return self.size_pt * 20 * self.percent / 100

    @property
    def _names_tw(self) -> float:
        return max(map(width, self.names)) * self._char_tw

    @property
    def _left_tw(self) -> int:
        beside = (width(self.word) + _BETWEEN) * self._char_tw if self.word else 0
        return max(0, round((layout.AREA_WIDTH_TW - self._names_tw - beside) / 2))

    def _properties(self, spacing_tw: int = 0) -> str:
        spacing = f'<w:spacing w:val="{spacing_tw}"/>' if spacing_tw else ""
        size = self.size_pt * 2
        return f'{spacing}<w:w w:val="{self.percent}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'

    def _spread(self, name: str) -> str:
        """Return a name's runs, its characters as far apart as makes it as wide as the longest."""
        room_tw = self._names_tw - width(name) * self._char_tw
        if len(name) < 2 or room_tw < 1:
            return run(name, self._properties())
        spread = run(name[:-1], self._properties(int(room_tw / (len(name) - 1))))
        return spread + run(name[-1], self._properties())

    def _word(self) -> str:
        """Return 文件 in a box whose ink is centred on that of the names."""
        if not self.word:
            return ""
        size_tw = self.size_pt * 20
        foot = _FOOT if len(self.names) == 1 else _LATER_FOOT
        centre = (layout.MASTHEAD_INK_DROP * size_tw + self.height_tw - foot * size_tw) / 2
        own = (layout.MASTHEAD_INK_DROP + 1 - _FOOT) / 2 * size_tw
        words = Paragraph(
            layout.MASTHEAD, line_tw=size_tw, align="left", xml=run(self.word, self._properties())
        ).to_xml()
        return text_box(
            words,
            top_tw=layout.MARGIN_TOP_TW + self.drop_tw + round(centre - own),
            height_tw=size_tw,
            left_tw=self._left_tw + round(self._names_tw + _BETWEEN * self._char_tw),
            width_tw=round((width(self.word) + _BETWEEN) * self._char_tw),
            name=self.word,
            number=2,
            place=7,
        )


@lru_cache(maxsize=64)
def fit_joint_masthead(
    names: tuple[str, ...], size_pt: int | None = None, percent: int | None = None
) -> JointMasthead:
    """Return the largest masthead of these agencies, the one that leads first; its name may end in 文件.

    It is no higher than leaves page 1 its room. A size and a scale that are given are kept as far as the
    type area holds them.
    """
    word = OF_A_FILE if names[0].endswith(OF_A_FILE) else ""
    plain = tuple(name.removesuffix(OF_A_FILE) or name for name in names)
    wide = max(map(width, plain)) + (_BETWEEN + width(word) if word else 0)
    sizes = (size_pt,) if size_pt else layout.JOINT_MASTHEAD_SIZES_PT
    for size in sizes:
        room = int(layout.AREA_WIDTH_TW * 100 / (wide * size * 20)) - 1
        mark = JointMasthead(plain, word, size, min(room, percent or 100))
        if room >= layout.MASTHEAD_NARROWEST_PERCENT and mark.height_tw <= layout.JOINT_MASTHEAD_MOST_TW:
            return mark
    return mark
