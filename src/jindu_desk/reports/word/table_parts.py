"""What tables of a Word document are made of."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from jindu_desk.reports.typesetting.annex import Align
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.word.colophon import THICK, THIN
from jindu_desk.reports.word.document import clean
from jindu_desk.reports.word.styles import ROW, style_id, twips

_BESIDE: Final = 2.5  # points between a rule and the text
_LEAST: Final = ROW - 0.3  # a row, so that its rules do not push the last one off the page


def row(cells: Iterable[str], *, head: bool = False, least: float = _LEAST) -> str:
    """A row that no page parts; that of a ``head`` comes again on every page."""
    again = "<w:tblHeader/>" if head else ""
    height = f'<w:trHeight w:val="{twips(least)}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{again}</w:trPr>{''.join(cells)}</w:tr>"


def cell(text: str, width: int, style: str, *, align: Align | None = None, more: str = "") -> str:
    side = {"centre": "center"}.get(align, align) if align else ""
    jc = f'<w:jc w:val="{side}"/>' if side else ""
    said = escape(clean(one_line(text)))
    run = f'<w:r><w:t xml:space="preserve">{said}</w:t></w:r>' if said else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{jc}</w:pPr>{run}</w:p></w:tc>'
    )


def table_properties(width: int) -> str:
    """Ruled all around, ``width`` in twentieths of a point."""
    sides = (("top", THICK), ("left", THICK), ("bottom", THICK), ("right", THICK), ("insideH", THIN), ("insideV", THIN))
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{thickness}" w:space="0" w:color="auto"/>' for side, thickness in sides
    )
    beside = twips(_BESIDE)
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="{beside}" w:type="dxa"/><w:right w:w="{beside}" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr>"
    )
