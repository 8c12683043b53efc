"""Write a picture that stands in a line of text like a character."""

from .layout import emu
from .media import Media
from .oxml import escape

_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def inlaid(picture: Media, width_tw: int, height_tw: int, *, number: int, name: str, told: str = "") -> str:
    """Return the run of a picture; `number` is its own in the document, `told` is what is read out for it."""
    cx, cy, words = emu(width_tw), emu(height_tw), escape(name)
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name="{words}" descr="{escape(told or name)}"/><wp:cNvGraphicFramePr>'
        f'<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
        f'<a:graphicData uri="{_SPACE}"><pic:pic xmlns:pic="{_SPACE}"><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="{words}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{picture.relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
