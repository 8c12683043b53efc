"""Give each form of a document its header, its imprint, its notes and its page numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from .. import header, imprint
from ..adjust import Layout
from ..imprint import Imprint
from ..oxml import Paragraph
from ..sheet import Content, Particulars
from . import letter, upward
from .table import FILE, LETTER, UPWARD, form_of


@dataclass(frozen=True)
class Form:
    """How one form is laid out where the forms differ.

    `header` takes content, particulars, layout and whether there is red; `imprint` the addressees that
    page 1 has no room for. The imprint is on an even page where it is `ruled`.
    """

    header: Callable[[Content, Particulars, Layout, bool], list[Paragraph]] = header.header
    imprint: Callable[[Content, Particulars, str], Imprint | None] = imprint.imprint
    notes: Callable[[Content], tuple[str, ...]] = lambda content: (content.note,)
    first_numbered: bool = True


_FORMS = {
    FILE: Form(),
    LETTER: Form(letter.header, letter.imprint, first_numbered=False),
    UPWARD: Form(upward.header, notes=upward.notes),
}


def laid_out_as(content: Content) -> Form:
    """Return the form that a content is laid out in."""
    return _FORMS[form_of(content)]
