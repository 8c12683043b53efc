"""Say what is wrong with a DOCX by the schemas of Word's files (ISO/IEC 29500), held here as data."""

import posixpath
import re
from typing import Any

from lxml import etree

from tests.docgen.wordsmith import parts_of

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
PREFIXES = {space: prefix for prefix, space in SPACES.items()}
W, IGNORED = f"{{{SPACES['w']}}}", f"{{{SPACES['mc']}}}Ignorable"

PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi"
    " adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection"
    " textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
RUN = (
    "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss"
    " imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect"
    " bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange"
)
SETTINGS = (
    "writeProtection view zoom removePersonalInformation removeDateAndTime mirrorMargins hideSpellingErrors"
    " hideGrammaticalErrors trackRevisions documentProtection defaultTabStop autoHyphenation"
    " evenAndOddHeaders drawingGridHorizontalSpacing drawingGridVerticalSpacing characterSpacingControl"
    " updateFields footnotePr endnotePr compat docVars rsids mathPr themeFontLang clrSchemeMapping"
    " decimalSymbol listSeparator"
)
COMPAT = (
    "useSingleBorderforContiguousCells noLeading spaceForUL noColumnBalance balanceSingleByteDoubleByteWidth"
    " noExtraLineSpacing doNotLeaveBackslashAlone ulTrailSpace doNotExpandShiftReturn spacingInWholePoints"
    " adjustLineHeightInTable useFELayout compatSetting"
)
TABLE = (
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
    " tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
)
ROW = (
    "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden"
    " ins del trPrChange"
)
CELL = (
    "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"
    " headers cellIns cellDel cellMerge tcPrChange"
)
STYLE = (
    "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked"
    " personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
)
SECTION = (
    "headerReference|footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType"
    " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings"
    " sectPrChange"
)
LEVEL = "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr"  # of a list
BLOCKS = "p|tbl|bookmarkStart|bookmarkEnd"
RUNS = "r|ins|del|bookmarkStart|bookmarkEnd|hyperlink"
ANCHOR = (
    "wp:simplePos wp:positionH wp:positionV wp:extent wp:effectExtent"
    " wp:wrapNone|wp:wrapSquare|wp:wrapTopAndBottom|wp:wrapTight|wp:wrapThrough wp:docPr wp:cNvGraphicFramePr"
    " a:graphic"
)
CHILDREN = {
    "w:document": "background body",
    "w:body": f"{BLOCKS} sectPr",
    "w:hdr": BLOCKS,
    "w:ftr": BLOCKS,
    "w:p": f"pPr {RUNS}",
    "w:pPr": PARAGRAPH,
    "w:numPr": "ilvl numId ins",
    "w:pBdr": "top left bottom right between bar",
    "w:tabs": "tab",
    "w:pPrChange": "pPr",
    "w:r": "rPr br|t|delText|instrText|tab|cr|noBreakHyphen|sym|fldChar|drawing|mc:AlternateContent",
    "w:rPr": RUN,
    "w:rPrChange": "rPr",
    "w:ins": "r",
    "w:del": "r",
    "w:sectPr": SECTION,
    "w:tbl": "tblPr tblGrid tr",
    "w:tblPr": TABLE,
    "w:tblBorders": "top left bottom right insideH insideV",
    "w:tblCellMar": "top left bottom right",
    "w:tblGrid": "gridCol",
    "w:tr": "tblPrEx trPr tc",
    "w:trPr": ROW,
    "w:tc": f"tcPr {BLOCKS}",
    "w:tcPr": CELL,
    "w:tcBorders": "top left bottom right insideH insideV tl2br tr2bl",
    "w:tcMar": "top left bottom right",
    "w:drawing": "wp:anchor|wp:inline",
    "w:txbxContent": BLOCKS,
    "w:styles": "docDefaults latentStyles style",
    "w:docDefaults": "rPrDefault pPrDefault",
    "w:rPrDefault": "rPr",
    "w:pPrDefault": "pPr",
    "w:latentStyles": "lsdException",
    "w:style": STYLE,
    "w:settings": SETTINGS,
    "w:compat": COMPAT,
    "w:fonts": "font",
    "w:font": "altName panose1 charset family notTrueType pitch sig",
    "w:numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "w:abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "w:lvl": LEVEL,
    "w:num": "abstractNumId lvlOverride",
    "mc:AlternateContent": "mc:Choice mc:Fallback",
    "mc:Choice": "drawing",
    "wp:anchor": ANCHOR,
    "wp:inline": "wp:extent wp:effectExtent wp:docPr wp:cNvGraphicFramePr a:graphic",
    "wp:positionH": "wp:align|wp:posOffset",
    "wp:positionV": "wp:align|wp:posOffset",
    "wp:cNvGraphicFramePr": "a:graphicFrameLocks",
    "a:graphic": "a:graphicData",
    "a:graphicData": "wps:wsp|pic:pic",
    "wps:wsp": "wps:cNvPr wps:cNvSpPr|wps:cNvCnPr wps:spPr wps:style wps:txbx wps:bodyPr",
    "wps:spPr": "a:xfrm a:prstGeom a:noFill|a:solidFill a:ln",
    "wps:txbx": "txbxContent",
    "wps:bodyPr": "a:noAutofit|a:spAutoFit",
    "a:xfrm": "a:off a:ext",
    "a:prstGeom": "a:avLst",
    "a:solidFill": "a:srgbClr",
    "a:ln": "a:noFill|a:solidFill a:prstDash",
    "pic:pic": "pic:nvPicPr pic:blipFill pic:spPr",
    "pic:nvPicPr": "pic:cNvPr pic:cNvPicPr",
    "pic:cNvPicPr": "a:picLocks",
    "pic:blipFill": "a:blip a:srcRect a:tile|a:stretch",
    "a:stretch": "a:fillRect",
    "pic:spPr": "a:xfrm a:prstGeom a:noFill|a:solidFill a:ln",
}  # fmt: skip
"""Element → its children in their order; those between bars stand in any order among themselves.

What is not here has no children. A name without a prefix is of the space `w`."""

REPEATED = (
    "p tbl r ins del tr tc tab gridCol style lsdException font lvl br t delText num abstractNum"
    " headerReference footerReference compatSetting bookmarkStart bookmarkEnd hyperlink"
)
"""What an element may have more than once."""

ORDERS = {
    name: {
        choice if ":" in choice else f"w:{choice}": place
        for place, choices in enumerate(children.split())
        for choice in choices.split("|")
    }
    for name, children in CHILDREN.items()
}


def name_of(element: Any) -> str:
    """Return the name with the prefix that this file gives its space."""
    qualified = etree.QName(element)
    return f"{PREFIXES.get(qualified.namespace, qualified.namespace)}:{qualified.localname}"


def misplaced(xml: bytes) -> list[str]:
    """Return what the schemas do not allow in a part."""
    found = []
    for element in etree.fromstring(xml).iter():
        name, children = name_of(element), [name_of(child) for child in element]
        allowed = ORDERS.get(name, {})
        if unknown := [child for child in children if child not in allowed]:
            found.append(f"{name}: {unknown} unknown")
            continue
        places = [allowed[child] for child in children]
        twice = [one for one in children if children.count(one) > 1 and one[2:] not in REPEATED.split()]
        if places != sorted(places) or twice:
            found.append(f"{name}: {children}")
        if name in ("w:tc", "w:txbxContent", "w:ftr") and children[-1:] != ["w:p"]:
            found.append(f"{name} does not end with a paragraph")
    return found


def unlike_a_package(docx: bytes) -> list[str]:
    """Return what is wrong with the parts, their types and the relations between them."""
    parts, found = parts_of(docx), []
    types = etree.fromstring(parts.pop("[Content_Types].xml"))
    endings = {one.get("Extension") for one in types.iterfind("{*}Default")}
    overridden = [one.get("PartName").lstrip("/") for one in types.iterfind("{*}Override")]
    found += [f"{name} has a type and is not there" for name in overridden if name not in parts]
    reached = set()
    for name, data in parts.items():
        if name not in overridden and name.rpartition(".")[2] not in endings:
            found.append(f"{name} has no type")
        if not name.endswith(".rels"):
            continue
        owner = posixpath.dirname(posixpath.dirname(name))
        relations = list(etree.fromstring(data))
        targets = {
            one.get("Id"): posixpath.normpath(posixpath.join(owner, one.get("Target"))) for one in relations
        }
        assert len(targets) == len(relations)
        reached |= set(targets.values())
        source = posixpath.join(owner, posixpath.basename(name).removesuffix(".rels"))
        if source in parts and source.endswith(".xml"):
            used = set(re.findall(rb'\br:(?:id|embed)="(\w+)"', parts[source]))
            found += [f"{source}: {one!r} leads nowhere" for one in used if one.decode() not in targets]
    loose = {name for name in parts if not name.endswith(".rels")} ^ reached
    return found + [f"{name} is not related, or not there" for name in loose]


def unlike_our_fonts(xml: bytes) -> list[str]:
    """Return `w:rFonts` that leave a script to another font, and whatever names a theme."""
    names = {f"{W}{kind}" for kind in ("ascii", "hAnsi", "eastAsia", "cs")}
    found = ["a theme"] if b"theme" in xml.lower() else []
    for fonts in etree.fromstring(xml).iter(f"{W}rFonts"):
        given = set(fonts.keys())
        if given != {f"{W}hint"} and given != {*names, f"{W}hint"}:
            found.append(str(dict(fonts.attrib)))
    return found


def undeclared(xml: bytes) -> list[str]:
    """Return the prefixes that a part ignores or requires and does not declare."""
    found = []
    for element in etree.fromstring(xml).iter():
        words = f"{element.get(IGNORED, '')} {element.get('Requires', '')}"
        found += [prefix for prefix in words.split() if prefix not in element.nsmap]
    return found


def wrongs(docx: bytes) -> list[str]:
    """Return all that is wrong with a DOCX."""
    found, parts = unlike_a_package(docx), parts_of(docx)
    for name, data in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        etree.fromstring(data)
        if name.startswith("word/") and name.endswith(".xml"):
            wrong = [*misplaced(data), *unlike_our_fonts(data), *undeclared(data)]
            found += [f"{name}: {one}" for one in wrong]
    drawings = re.findall(rb'<wp:docPr id="(\d+)"', parts["word/document.xml"])
    if len(set(drawings)) < len(drawings):
        found.append(f"two drawings have one number: {drawings}")
    return found
