"""Write the styles, settings and fonts that every document shares."""

from . import layout
from .layout import Style
from .oxml import indents, line_spacing, room_around

ALTERNATIVES = {
    layout.SONG_TITLE: "小标宋",
    layout.FANG: "仿宋",
    layout.KAI: "楷体",
    layout.HEI: "SimHei",
    layout.SONG: "SimSun",
}
"""What Word takes where a font is missing."""

SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:spaceForUL/>'
    "<w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
    "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat>'
)


def style_sheet(rare: tuple[Style, ...] = ()) -> str:
    """Return the children of `w:styles`, those of the rare styles that are wanted among them."""
    leads = "".join(
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{style.id}Lead">'
        f'<w:name w:val="{style.name}文字"/><w:rPr>{fonts(style.font)}</w:rPr></w:style>'
        for style in layout.LEVELS[:2]
    )
    written = [style for style in layout.STYLES if not style.rare or style in rare]
    return f"{_DEFAULTS}{_BUILT_IN}{leads}{''.join(map(style_xml, written))}"


def font_table() -> str:
    """Return the children of `w:fonts`."""
    return "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in ALTERNATIVES.items()
    )


def fonts(name: str) -> str:
    """Return `w:rFonts` that names the font for every script, so that no theme font comes in."""
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'
    )


_CLOSE = (
    '<w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    '<w:snapToGrid w:val="0"/>'
)
_DEFAULTS = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(layout.FANG)}"
    f'<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl w:val="0"/>'
    f"{_CLOSE}{line_spacing(layout.LINE_TW)}</w:pPr></w:pPrDefault></w:docDefaults>"
)
_BUILT_IN = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def style_xml(style: Style) -> str:
    """Return `w:style`."""
    keep = "<w:keepNext/>" if style.keep_next else ""
    page = "<w:pageBreakBefore/>" if style.page_break else ""
    outline = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else ""
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    spacing = f'<w:spacing w:val="{style.spacing_tw}"/>' if style.spacing_tw else ""
    lines = room_around(*style.around_tw) if style.around_tw else line_spacing(style.line_tw)
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.id}">'
        f'<w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{keep}{page}{_CLOSE}{lines}'
        f'{indents(style.left_tw, style.right_tw, style.first_tw)}<w:jc w:val="{style.align}"/>'
        f"{outline}</w:pPr>"
        f'<w:rPr>{fonts(style.font)}{colour}{spacing}<w:sz w:val="{style.size_pt * 2}"/>'
        f'<w:szCs w:val="{style.size_pt * 2}"/></w:rPr></w:style>'
    )
