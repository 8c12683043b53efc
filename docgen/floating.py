"""Write what stands at a fixed place of a page, whatever flows beside it: text boxes and bars."""

from . import layout
from .layout import emu

_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_NO_INSETS = ' lIns="0" tIns="0" rIns="0" bIns="0"'


def text_box(
    blocks: str,
    *,
    top_tw: int,
    height_tw: int,
    name: str,
    number: int = 1,
    place: int = 2,
    left_tw: int = 0,
    width_tw: int = layout.AREA_WIDTH_TW,
) -> str:
    """Return the run of a box, `top_tw` under the page's upper edge, `left_tw` from the type area's left one.

    `number` is its own in the document; of those that overlap the one with the greater `place` is above.
    """
    words = f"<wps:txbx><w:txbxContent>{blocks}</w:txbxContent></wps:txbx>"
    body = f'<wps:bodyPr wrap="square"{_NO_INSETS} anchor="t"><a:noAutofit/></wps:bodyPr>'
    across = f"<wp:posOffset>{emu(left_tw)}</wp:posOffset>" if left_tw else "<wp:align>left</wp:align>"
    return _anchored(
        f'<wp:positionH relativeFrom="margin">{across}</wp:positionH>',
        (emu(top_tw), emu(width_tw), emu(height_tw)),
        ('<wps:cNvSpPr txBox="1"/>', "<a:noFill/>", f"{words}{body}"),
        f'id="{number}" name="{name}"',
        place,
    )


def bar(*, left_tw: int, top_tw: int, width_tw: int, height_tw: int, name: str, number: int) -> str:
    """Return the run of a red bar, measured from the page's upper left corner."""
    left = emu(left_tw)
    return _anchored(
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>',
        (emu(top_tw), emu(width_tw), emu(height_tw)),
        ("<wps:cNvSpPr/>", f'<a:solidFill><a:srgbClr val="{layout.RED}"/></a:solidFill>', "<wps:bodyPr/>"),
        f'id="{number}" name="{name}"',
        number,
    )


def blank(*, height_tw: int, number: int) -> str:
    """Return the run of an empty box at the foot of the type area, beside which no text stands."""
    top_tw = layout.PAGE_HEIGHT_TW - layout.MARGIN_BOTTOM_TW - height_tw
    return _anchored(
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>',
        (emu(top_tw), emu(layout.AREA_WIDTH_TW), emu(height_tw)),
        ("<wps:cNvSpPr/>", "<a:noFill/>", "<wps:bodyPr/>"),
        f'id="{number}" name="空白"',
        number,
        wrap="TopAndBottom",
    )


def turned_number(paragraph: str, *, number: int) -> str:
    """Return the run of a box on a lying page, where the upright page has its line of the page's number.

    The box is as high as the upright type area is wide, and its line runs from top to bottom.
    """
    body = f'<wps:bodyPr vert="vert" wrap="square"{_NO_INSETS} anchor="t"><a:noAutofit/></wps:bodyPr>'
    words = f"<wps:txbx><w:txbxContent>{paragraph}</w:txbxContent></wps:txbx>"
    left = emu(layout.FOOTER_DISTANCE_TW)
    return _anchored(
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>',
        (emu(layout.MARGIN_LEFT_TW), emu(layout.SMALL_TW), emu(layout.AREA_WIDTH_TW)),
        ('<wps:cNvSpPr txBox="1"/>', "<a:noFill/>", f"{words}{body}"),
        f'id="{number}" name="页码"',
        number,
    )


def _anchored(
    across: str,
    measures: tuple[int, int, int],
    shape: tuple[str, str, str],
    named: str,
    place: int,
    *,
    wrap: str = "None",
) -> str:
    top, cx, cy = measures
    kind, fill, rest = shape
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f'<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{place}"'
        ' behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'{across}<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrap{wrap}/>'
        f"<wp:docPr {named}/><wp:cNvGraphicFramePr/><a:graphic>"
        f'<a:graphicData uri="{_SHAPE}"><wps:wsp>{kind}<wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"{fill}<a:ln><a:noFill/></a:ln></wps:spPr>{rest}"
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
