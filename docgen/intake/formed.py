"""Read what papers of our own have by their form: who issues them jointly, who was there, a name chop."""

from collections.abc import Callable

from .. import layout
from ..formats.minutes import LABELS
from ..formats.table import FILE, LETTER, MINUTES, ORDER, UPWARD, forms_of
from ..joint import OF_A_FILE
from .elements import Line
from .result import Gathered, type_of
from .signs import bare_names, read_date

_SIGNED_BY = "签发人："
_AT_THE_LEFT = ("left", "start")
_CONTACT, _TELEPHONE = "联系人：", "　电话："


class Formed:
    """Gathers it while the paragraphs go by, and puts it into the content at the end."""

    def __init__(self, found: Gathered) -> None:
        self.found = found
        self.seen: set[str] = set()
        self.marks: list[str] = []  # the masthead's lines
        self.spread = True  # as those of several agencies are
        self.signed: list[list[str]] = []  # rows of signatures
        self.below = False  # the row's names go on in this line, above the last
        self.notes: list[str] = []
        self.there: dict[str, str] = {}
        self.is_letter = False
        self.takers: dict[str, Callable[[str], None]] = {
            layout.MASTHEAD.id: self._masthead,
            layout.SIGNATURE.id: self._signature,
            layout.ANNOTATION.id: self._annotation,
            layout.MINUTES_ISSUED.id: self._issued_by,
            layout.ATTENDANCE.id: self._attendance,
            layout.STAMP_POST.id: self._post,
            layout.COPY_NUMBER.id: self._post,
        }

    def see(self, line: Line) -> None:
        """Note a paragraph, also one without words: the place of a number or a name that is not yet known."""
        style, text = line.style, line.text
        self.seen.add(style)
        if style == layout.MASTHEAD.id:
            self.spread = self.spread and line.align in _AT_THE_LEFT
        if style == layout.KEPT_GAP.id:
            self.below = False
        if style == layout.NUMBER.id and "\t" in text:
            self.is_letter = _SIGNED_BY not in text and UPWARD not in self.seen
            self.seen |= {UPWARD} if _SIGNED_BY in text else set()

    def finish(self) -> None:
        """Put into the content what its form has beside the others'."""
        more, form = self.found.more, self._form()
        kind = type_of(self.found.main.title)
        if form == ORDER:
            more["type"] = kind = "命令"
        if kind and form in forms_of(kind)[1:]:
            more["form"] = form
        if layout.COPY_NUMBER.id in self.seen:
            more["numbered"] = True
        if layout.STAMP_POST.id in self.seen and form != ORDER:
            more["stamp"] = True
        if self.there:
            more["attendance"] = self.there
        self._put_agencies(form)
        self._put_notes(form)

    def _form(self) -> str:
        if layout.ORDER_NUMBER.id in self.seen:
            return ORDER
        if layout.MINUTES_ISSUED.id in self.seen:
            return MINUTES
        if UPWARD in self.seen:
            return UPWARD
        return LETTER if self.is_letter else FILE

    def _put_agencies(self, form: str) -> None:
        """Tell the agency that leads from the others, by the masthead's lines and by the signatures."""
        names = [name for row in self.signed for name in row]
        marks = [mark for mark in self.marks if mark != OF_A_FILE]
        is_joint = self.spread and len(marks) > 1
        others = marks[1:] if is_joint else names[1:]
        self.found.masthead = "".join(self.marks[: len(self.marks) - len(others)] if is_joint else self.marks)
        self.found.signature = names[0] if names else ""
        if others:
            self.found.more["co_agencies"] = others
            if not is_joint and form in (FILE, UPWARD):
                self.found.more["lead_only"] = True

    def _put_notes(self, form: str) -> None:
        for text in self.notes:
            note = text.strip("（）()")
            if form == UPWARD and note.startswith(_CONTACT) and "contact" not in self.found.more:
                self.found.more["contact"] = note.removeprefix(_CONTACT).replace(_TELEPHONE, " ")
            elif self.found.note:
                self.found.left.append(text)
            else:
                self.found.note = note

    def _masthead(self, text: str) -> None:
        self.marks.append(text.replace("\n", ""))

    def _signature(self, text: str) -> None:
        """Take a name, or the names of a row; a row's last line has a part of each name."""
        names = [name for name in text.replace("\n", "").split("\t") if name]
        if not (self.below and text.startswith("\t")):
            self.signed.append(names)
        elif len(names) == len(self.signed[-1]):
            self.signed[-1] = [above + name for above, name in zip(self.signed[-1], names, strict=True)]
        else:  # which of them began in the line above cannot be told
            self.found.left.append("  ".join(self.signed[-1]))
            self.signed[-1] = names
        self.below = text.startswith("\t")

    def _annotation(self, text: str) -> None:
        self.notes.append(text)

    def _issued_by(self, text: str) -> None:
        """Take who issues minutes, and when."""
        for piece in filter(None, text.replace("\n", "").split("\t")):
            if day := read_date(piece):
                self.found.dated = day
            else:
                self.signed += [[name] for name in piece.split("、")]

    def _attendance(self, text: str) -> None:
        field = next((field for field, label in LABELS if text.startswith(label)), "")
        if field and field not in self.there:
            self.there[field] = bare_names(text[3:])
        else:
            self.found.left.append(text)

    def _post(self, text: str) -> None:
        """A post and a copy's number are the system's."""
