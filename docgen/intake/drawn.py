"""Take the pictures out of a DOCX, each known for what it is, and say which stay behind, and why."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from ..errors import ContentError, Problem
from ..files import MOST_BYTES
from ..naming import clean_name, told_apart
from ..ooxml import read_xml
from ..picture import clean_picture, kind_of
from ..picture_lines import picture_line
from ..picture_list import EXTENSIONS, MOST_PICTURES
from ..printed import UNPRINTED
from ..wordfile import ALTERNATIVES, Element, W, main_part, shown
from .result import WHERE, Brought

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWN = (f"{_A}blip", f"{_VML}imagedata")
_CHARTS = re.compile("/(chart|chartex|diagram)$")
_UNNAMED = "图片"

_GONE = Problem(WHERE, "The picture %(name)s is not in the file and was left out.")
_TOO_MANY = Problem(
    WHERE, "A text takes %(most)s pictures; %(name)s was left out.", {"most": str(MOST_PICTURES)}
)
_CHART = Problem(WHERE, "%(count)s charts are not taken over; put them in as pictures.")
_LEFT_OUT = Problem(WHERE, "%(count)s pictures were left out: each reason is told.")


class Drawings:
    """The pictures of one file: taken when a paragraph is read that shows them."""

    def __init__(self, docx: bytes) -> None:
        self.package = zipfile.ZipFile(io.BytesIO(docx))
        self.folder, name = posixpath.split(main_part(self.package))
        rels = posixpath.join(self.folder, "_rels", f"{name}.rels")
        known = read_xml(self.package.read(rels)) if rels in self.package.namelist() else ()
        self.targets = {one.get("Id"): one for one in known}
        self.taken: dict[str, Brought] = {}
        self.reports: list[Problem] = []
        self.refused = 0

    def lines(self, paragraph: Element) -> list[str]:
        """Return a line for each picture that a paragraph shows; what cannot be taken is reported."""
        return [picture_line("", name) for blip in _blips(paragraph) if (name := self._take(blip))]

    def finish(self, body: Element) -> None:
        """Report how many pictures are unfit, and what is drawn and is no picture."""
        if self.refused:
            self._report(_LEFT_OUT, count=str(self.refused))
        count = sum(bool(_CHARTS.search(one.get("uri") or "")) for one in body.iter(f"{_A}graphicData"))
        if count:
            self._report(_CHART, count=str(count))

    def _take(self, blip: Element) -> str:
        """Return the name of a picture, '' where it stays behind."""
        name = clean_name(_name_of(blip) or _UNNAMED, WHERE)
        relation = self.targets.get(blip.get(f"{_R}embed") or blip.get(f"{_R}id") or blip.get(f"{_R}link"))
        if relation is None:
            if not blip.get(f"{_R}link"):  # such lie outside, which is told already
                self._report(_GONE, name=name)
            return ""
        part = posixpath.normpath(posixpath.join("/", self.folder, relation.get("Target") or "")).lstrip("/")
        if part not in self.package.namelist() or self.package.getinfo(part).file_size > MOST_BYTES:
            self._report(_GONE, name=name)
            return ""
        try:
            data = clean_picture(self.package.read(part), name, WHERE)
        except ContentError as error:
            self.reports += error.problems
            self.refused += 1
            return ""
        return self._keep(name, data)

    def _keep(self, name: str, data: bytes) -> str:
        named = name.rpartition(".")[2].lower() in EXTENSIONS
        for one in self.taken.values():
            if one.data == data and (not named or one.name == name):
                return one.name
        if len(self.taken) == MOST_PICTURES:
            self._report(_TOO_MANY, name=name)
            return ""
        name = told_apart(name, kind_of(data), self.taken)
        self.taken[name] = Brought(name, data)
        return name

    def _report(self, problem: Problem, **params: str) -> None:
        self.reports.append(Problem(problem.where, problem.message, {**problem.params, **params}))


def without_outside_pictures(docx: bytes) -> tuple[bytes, list[str]]:
    """Return a DOCX without its relations to pictures that lie outside it, and where these lie."""
    stream, targets = io.BytesIO(), []
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith(".rels"):
                relations = read_xml(part)
                for one in [one for one in relations if _is_outside_picture(one)]:
                    targets.append(one.get("Target") or "")
                    relations.remove(one)
                part = etree.tostring(relations, xml_declaration=True, encoding="UTF-8")
            target.writestr(name, part, zipfile.ZIP_DEFLATED)
    return stream.getvalue(), targets


def _is_outside_picture(relation: Element) -> bool:
    return relation.get("TargetMode") == "External" and (relation.get("Type") or "").endswith("/image")


def comes_first(paragraph: Element) -> bool:
    """Say whether a paragraph's pictures stand before its words."""
    for element in paragraph.iter(f"{W}t", *_DRAWN):
        if element.tag in _DRAWN or (element.text or "").strip():
            return element.tag in _DRAWN
    return True


def _blips(element: Element) -> Iterator[Element]:
    for child in element.iterchildren("{*}*"):
        if child.tag == ALTERNATIVES:
            if (version := shown(child)) is not None:
                yield from _blips(version)
        elif child.tag in _DRAWN:
            yield child
        elif child.tag not in UNPRINTED:
            yield from _blips(child)


def _name_of(blip: Element) -> str:
    """Return what a picture is called in the file; Word's own names say only that it is one."""
    for owner in blip.iterancestors(f"{_PIC}pic", f"{W}drawing", f"{W}p"):
        names = owner.iter(f"{_PIC}cNvPr", f"{_WP}docPr")
        if found := next((one.get("name") for one in names if one.get("name")), ""):
            return str(found)
        if owner.tag == f"{W}drawing":
            break
    return str(blip.get(f"{_OFFICE}title") or "")
