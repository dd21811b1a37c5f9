"""What every Word paper has in its styles, settings and font table (ISO/IEC 29500-1, 17.7, 17.15, 17.8).

Where Word has a style for it, the style bears Word's own name, which each version shows in its language: in a Chinese
Word or WPS ``Normal`` is 正文 and ``heading 1`` is 标题 1, and headings stand in the navigation.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import CELL, RED, SIZE_2, SIZE_4, WIDTH
from jindu_desk.reports.typesetting.linebreak import NO_END, NO_START

NAMESPACE: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NORMAL: Final = "Normal"
HEADING: Final = "heading 1"
ITEM: Final = "heading 2"
TITLE: Final = "Title"
HEADER: Final = "header"
FOOTER: Final = "footer"
MARK: Final = "红头"
OPTIONS: Final = "版头"
LABELLED: Final = "名单"
COLOPHON: Final = "版记"
ANNEX: Final = "附件"
CELL_TEXT: Final = "表格文字"
TABLE_HEAD: Final = "表格标题"
FIELD: Final = "表格栏目"
PICTURE: Final = "图片"
HEADING_LETTERS: Final = "标题 1 字符"
ITEM_LETTERS: Final = "标题 2 字符"
LABEL_LETTERS: Final = "名单标签"

ROW: Final = 28.95  # points; Word counts in twentieths, and of 29.0 only 21 rows fit into 225 mm
BODY_SIZE: Final = 16.0  # 三号; Word has half points only, so the PDF's 15.75 is reached by drawing letters together
TITLE_LINE: Final = 34.0
COLOPHON_LINE: Final = 22.4
TABLE_LINE: Final = 14.2
_CLOSER: Final = -6  # twentieths of a point: 28 characters fit the line, which is then spread to its full width
_IDS: Final = {
    NORMAL: "Normal",
    HEADING: "Heading1",
    ITEM: "Heading2",
    TITLE: "Title",
    HEADER: "Header",
    FOOTER: "Footer",
    MARK: "Mark",
    OPTIONS: "Options",
    LABELLED: "Labelled",
    COLOPHON: "Colophon",
    ANNEX: "Annex",
    CELL_TEXT: "CellText",
    TABLE_HEAD: "TableHead",
    FIELD: "Field",
    PICTURE: "Picture",
    HEADING_LETTERS: "Heading1Letters",
    ITEM_LETTERS: "Heading2Letters",
    LABEL_LETTERS: "LabelLetters",
}
_BUILT_IN: Final = frozenset({NORMAL, HEADING, ITEM, TITLE, HEADER, FOOTER})
_STANDARD: Final = {
    Role.TITLE: "方正小标宋简体",
    Role.BODY: "仿宋_GB2312",
    Role.KAI: "楷体_GB2312",
    Role.HEI: "黑体",
    Role.SONG: "宋体",
}
# What Windows has in their place, for the font table.
_INSTEAD: Final = {Role.TITLE: "宋体", Role.BODY: "仿宋", Role.KAI: "楷体"}
_FREE: Final = '<w:snapToGrid w:val="0"/>'
_UNINDENTED: Final = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_GREY: Final = "6B6B6B"


def twips(points: float) -> int:
    return round(points * 20)


def style_id(name: str) -> str:
    """What a style is called inside the file."""
    return _IDS[name]


def red() -> str:
    return "".join(f"{round(part * 255):02X}" for part in RED)


def family_names(fonts: FontSet) -> dict[Role, str]:
    """The family to name for each role: the PC's own, or the standard's, for which Word and WPS find something.

    Nobody's PC has the program's bundled fonts.
    """
    return {use.role: _STANDARD[use.role] if use.bundled else use.family for use in fonts.uses(frozenset(Role))}


def styles_xml(families: Mapping[Role, str]) -> str:
    face = {role: _fonts(family) for role, family in families.items()}
    cell, small = twips(CELL), twips(SIZE_4)
    after = f'<w:next w:val="{_IDS[NORMAL]}"/>'
    styles = (
        _paragraph(
            NORMAL,
            f'<w:widowControl w:val="0"/>{_BREAKING}{_FREE}{_exact(ROW)}'
            f'<w:ind w:firstLineChars="200" w:firstLine="{2 * cell}"/><w:jc w:val="both"/>',
            f'<w:snapToGrid w:val="0"/><w:spacing w:val="{_CLOSER}"/>{_size(BODY_SIZE)}',
        ),
        _heading(HEADING, HEADING_LETTERS, 0, face[Role.HEI]),
        _heading(ITEM, ITEM_LETTERS, 1, face[Role.KAI]),
        _paragraph(
            TITLE,
            f'<w:widowControl w:val="0"/>{_BREAKING}{_FREE}{_exact(TITLE_LINE)}<w:jc w:val="center"/>',
            face[Role.TITLE] + _size(SIZE_2),
            after,
        ),
        _paragraph(
            MARK,
            f'<w:widowControl w:val="0"/>{_BREAKING}{_FREE}<w:jc w:val="center"/>',
            f'{face[Role.TITLE]}<w:color w:val="{red()}"/>',
            after,
        ),
        _paragraph(
            OPTIONS,
            f'<w:tabs><w:tab w:val="right" w:pos="{twips(WIDTH - CELL)}"/></w:tabs>'
            f'<w:ind w:firstLineChars="100" w:firstLine="{cell}"/><w:jc w:val="left"/>',
            "",
            _based(),
        ),
        _paragraph(LABELLED, f'<w:ind w:left="{5 * cell}" w:firstLineChars="0" w:hanging="{3 * cell}"/>', "", _based()),
        _paragraph(
            COLOPHON,
            f'<w:widowControl w:val="0"/><w:tabs><w:tab w:val="right" w:pos="{twips(WIDTH - SIZE_4)}"/></w:tabs>'
            f"{_BREAKING}{_FREE}{_exact(COLOPHON_LINE)}"
            f'<w:ind w:left="{4 * small}" w:right="{small}" w:hanging="{3 * small}"/>',
            _size(SIZE_4),
        ),
        _paragraph(ANNEX, f'<w:pageBreakBefore/>{_UNINDENTED}<w:outlineLvl w:val="0"/>', face[Role.HEI], _based()),
        _paragraph(CELL_TEXT, f'<w:widowControl w:val="0"/>{_BREAKING}{_FREE}{_exact(TABLE_LINE)}', _size(12)),
        _paragraph(
            TABLE_HEAD,
            f'<w:widowControl w:val="0"/>{_BREAKING}{_FREE}{_exact(TABLE_LINE)}<w:jc w:val="center"/>',
            face[Role.HEI] + _size(10.5),
        ),
        _paragraph(
            FIELD,
            f'<w:widowControl w:val="0"/>{_BREAKING}{_FREE}{_exact(COLOPHON_LINE)}<w:jc w:val="center"/>',
            _size(SIZE_4),
        ),
        # The line is as high as the picture: one of exact height would cut it off.
        _paragraph(PICTURE, f'<w:keepNext/>{_FREE}<w:jc w:val="center"/>', _size(1)),
        _paragraph(
            HEADER,
            f'{_FREE}{_exact(14)}<w:jc w:val="right"/>',
            f'{face[Role.HEI]}<w:color w:val="{_GREY}"/>{_size(10.5)}',
        ),
        _paragraph(FOOTER, _FREE + _exact(20), face[Role.SONG] + _size(SIZE_4)),
        _letters(HEADING_LETTERS, face[Role.HEI], HEADING),
        _letters(ITEM_LETTERS, face[Role.KAI], ITEM),
        _letters(LABEL_LETTERS, face[Role.HEI]),
    )
    return f"""<w:styles {NAMESPACE}>
        <w:docDefaults><w:rPrDefault><w:rPr>{face[Role.BODY]}
            <w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
            <w:pPrDefault/></w:docDefaults>
        {"".join(styles)}
        <w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
            <w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>
        <w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
            <w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>
            <w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>
            <w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
    </w:styles>"""


def settings_xml() -> str:
    """Odd and even pages differ; 避头尾 by the same signs as in the PDF; marks at a line's end may be squeezed."""
    before, after = (escape("".join(sorted(signs))) for signs in (NO_START, NO_END))
    return f"""<w:settings {NAMESPACE}>
        <w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>
        <w:defaultTabStop w:val="{twips(2 * CELL)}"/><w:evenAndOddHeaders/>
        <w:drawingGridVerticalSpacing w:val="{twips(ROW)}"/>
        <w:characterSpacingControl w:val="compressPunctuation"/>
        <w:noLineBreaksAfter w:lang="zh-CN" w:val="{after}"/><w:noLineBreaksBefore w:lang="zh-CN" w:val="{before}"/>
        <w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>
            <w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>
            <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
        </w:compat>
        <w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>
    </w:settings>"""


def font_table_xml(families: Mapping[Role, str]) -> str:
    """Says what to take where a family is missing."""
    fonts = {}
    for role, family in families.items():
        instead = _INSTEAD.get(role, "")
        other = f'<w:altName w:val="{instead}"/>' if instead and instead != family else ""
        fonts[family] = f'<w:font w:name="{escape(family)}">{other}<w:charset w:val="86"/></w:font>'
    return f"<w:fonts {NAMESPACE}>{''.join(fonts.values())}</w:fonts>"


# 避头尾 on, marks may hang; no extra space between ideographs and Latin letters or digits.
_BREAKING: Final = (
    '<w:kinsoku/><w:wordWrap/><w:overflowPunct/><w:topLinePunct w:val="0"/>'
    '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
)


def _based() -> str:
    return f'<w:basedOn w:val="{_IDS[NORMAL]}"/>'


def _exact(line: float) -> str:
    return f'<w:spacing w:line="{twips(line)}" w:lineRule="exact"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(2 * points)}"/><w:szCs w:val="{round(2 * points)}"/>'


def _fonts(family: str) -> str:
    name = escape(family)
    return f'<w:rFonts w:ascii="{name}" w:eastAsia="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def _paragraph(name: str, paragraph: str, letters: str, links: str = "") -> str:
    kind = ' w:default="1"' if name == NORMAL else "" if name in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{_IDS[name]}"><w:name w:val="{name}"/>{links}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _heading(name: str, letters: str, level: int, face: str) -> str:
    links = f'{_based()}<w:next w:val="{_IDS[NORMAL]}"/><w:link w:val="{_IDS[letters]}"/><w:uiPriority w:val="9"/>'
    return _paragraph(name, f'<w:keepNext/><w:outlineLvl w:val="{level}"/>', face, links)


def _letters(name: str, face: str, paragraph: str = "") -> str:
    link = f'<w:link w:val="{_IDS[paragraph]}"/>' if paragraph else ""
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{_IDS[name]}"><w:name w:val="{name}"/>{link}'
        f"<w:qFormat/><w:rPr>{face}</w:rPr></w:style>"
    )
