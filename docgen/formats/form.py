"""Give each form of a document its header, its signature, its imprint and its page numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from .. import body, header, imprint
from ..adjust import Layout
from ..imprint import Imprint
from ..oxml import Paragraph
from ..sheet import Content, Particulars
from ..stamped import stamped
from . import letter, minutes, order, upward
from .table import FILE, LETTER, MINUTES, ORDER, UPWARD, form_of, is_stamped

_TITLE = header.title


def _closing(content: Content, particulars: Particulars, notes: tuple[str, ...]) -> list[Paragraph]:
    """Return the signature of the agency, or of its leader."""
    return (stamped if is_stamped(content) else body.closing)(content, particulars, notes)


@dataclass(frozen=True)
class Form:
    """How one form is laid out where the forms differ.

    `header` takes content, particulars, layout and whether there is red; `imprint` the addressees that
    page 1 has no room for. The imprint is on an even page where it is `ruled`. Where there is no place for
    `addressees`, they stand in the imprint.
    """

    header: Callable[[Content, Particulars, Layout, bool], list[Paragraph]] = header.header
    title: Callable[[Content, Layout], list[Paragraph]] = _TITLE
    addressees: bool = True
    closing: Callable[[Content, Particulars, tuple[str, ...]], list[Paragraph]] = _closing
    imprint: Callable[[Content, Particulars, str], Imprint | None] = imprint.imprint
    notes: Callable[[Content], tuple[str, ...]] = lambda content: (content.note,)
    first_numbered: bool = True


_FORMS = {
    FILE: Form(),
    LETTER: Form(letter.header, imprint=letter.imprint, first_numbered=False),
    UPWARD: Form(upward.header, notes=upward.notes),
    MINUTES: Form(minutes.header, closing=minutes.closing),
    ORDER: Form(order.header, order.title, addressees=False),
}


def laid_out_as(content: Content) -> Form:
    """Return the form that a content is laid out in."""
    return _FORMS[form_of(content)]
