"""Turn the revisions of a document into a DOCX that shows who changed what (花脸稿), as Word's revisions."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from lxml import etree

from .adjust import STANDARD, Layout
from .formats.table import form_of
from .marking import Marker
from .pictured import shown, with_pictures
from .render import render
from .sheet import Content, Particulars
from .wordfile import Element, W
from .woven import read_blocks, weave

_DOCUMENT = "word/document.xml"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FIRST_FREE = 0x2000000  # greater than any picture's number


@dataclass(frozen=True)
class Edit:
    """A text, who made it of the one before, and when (ISO 8601; without an offset it is UTC)."""

    content: Content
    author: str
    at: str


def redline(
    old: Content,
    new: Content,
    particulars: Particulars,
    *,
    author: str,
    at: str,
    layout: Layout = STANDARD,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the paper of the new text with what differs from the old one marked as one person's."""
    return redline_through(old, [Edit(new, author, at)], particulars, layout, pictures)


def redline_through(
    first: Content,
    edits: Sequence[Edit],
    particulars: Particulars,
    layout: Layout = STANDARD,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the last text's paper, each change marked as whose edit made it; equal input has equal bytes.

    Accepted in full it reads as the last text, rejected in full as the first, both in the form that the
    last has. The imprint stands where the marked text ends, not on an even page. `pictures` are the bytes
    of all the texts' pictures.
    """
    contents = [first, *(edit.content for edit in edits)]
    contents = [in_the_form_of(contents[-1], content) for content in contents]
    papers = [
        render(content, particulars, layout.fitting(content), pictures=pictures) for content in contents
    ]
    trees = [_tree(paper) for paper in papers]
    blocks = read_blocks(trees[0][0])
    for step, tree in enumerate(trees[1:], 1):
        blocks = weave(blocks, read_blocks(tree[0]), step)
    document = trees[-1]
    section = _only_section(document[0])
    marker = Marker([(edit.author, _utc(edit.at)) for edit in edits])
    document[0][:] = [*marker.blocks(blocks), section]
    _number_apart(document)
    marked = _with_document(papers[-1], etree.tostring(document, encoding="UTF-8", standalone=True))
    drawn = {one.media.sha256: one for content in contents for one in shown(content, pictures or {}).values()}
    return with_pictures(marked, drawn.values()) if drawn else marked


def in_the_form_of(last: Content, content: Content) -> Content:
    """Return the content as the last one's form lays it out: a letterhead is no text that comes or goes."""
    if form_of(content) == form_of(last):
        return content
    return replace(content, type=last.type, form=form_of(last))


def _tree(docx: bytes) -> Element:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return etree.fromstring(package.read(_DOCUMENT))


def _only_section(body: Element) -> Element:
    """Take out the section that the imprint has for itself; return the properties of the last one left.

    A section's end in a paragraph that is one of the changes would come and go with it.
    """
    last = body[-1]
    of_text = body.findall(f"{W}p/{W}pPr/{W}sectPr")
    if not of_text or last.find(f"{W}type") is None or of_text[-1].find(f"{W}pgSz").get(f"{W}orient"):
        return last  # there is no other, or the text ends on a page that lies
    of_text[-1].getparent().remove(of_text[-1])
    return of_text[-1]


def _number_apart(document: Element) -> None:
    """Give each drawing a number of its own; one that was moved stands there twice."""
    seen: set[str] = set()
    for place, one in enumerate(document.iter(_DRAWN)):
        if one.get("id") in seen:
            one.set("id", str(_FIRST_FREE + place))
        seen.add(one.get("id"))


def _utc(at: str) -> str:
    moment = datetime.fromisoformat(at)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _with_document(docx: bytes, document: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as package, zipfile.ZipFile(stream, "w") as marked:
        for entry in package.infolist():
            marked.writestr(entry, document if entry.filename == _DOCUMENT else package.read(entry))
    return stream.getvalue()
