"""附件: their names below the body, and themselves behind it from the top of a page (GB/T 9704-2012, 7.3.4, 7.3.7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from jindu_desk.reports.typesetting.annex import Annex, AnnexPicture, AnnexTable
from jindu_desk.reports.typesetting.annex_table import write_table
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import (
    CELL,
    PITCH,
    ROWS,
    SIZE_3,
    WIDTH,
    Cursor,
    Mark,
    Picture,
    Span,
    set_line,
    set_paragraph,
)
from jindu_desk.reports.typesetting.letterhead import write_centred_title
from jindu_desk.reports.typesetting.linebreak import one_line, paragraphs
from jindu_desk.reports.typesetting.pictures import DrawnPicture, drawn_picture

LABEL: Final = "附件"
_TITLE_ROW: Final = 2  # the third line
_HALF: Final = 9  # rows: two pictures that lie stand on a page, each with its name
_LEAST: Final = 6  # rows: what is left below this is no room for a picture


def annex_names(annexes: Sequence[Annex]) -> tuple[tuple[str, str], ...]:
    """What stands before each name below the body, and the name, without a stop; a lone annex has no number."""
    titles = [one_line(annex.title) for annex in annexes]
    if len(titles) == 1:
        return ((f"{LABEL}：", titles[0]),)
    return tuple((f"{LABEL}：1. " if number == 1 else f"{number}. ", title) for number, title in enumerate(titles, 1))


def write_annexes(cursor: Cursor, fonts: FontSet, annexes: Sequence[Annex]) -> None:
    """Each annex on pages of its own: its number at the top left, its title centred on the third line."""
    for number, annex in enumerate(annexes, start=1):
        cursor.new_sheet()
        label = LABEL if len(annexes) == 1 else f"{LABEL}{number}"
        title = one_line(annex.title)
        mark = Mark(0.0, f"{label} {title}".strip())
        cursor.place(mark, set_line(fonts, label, Role.HEI, SIZE_3, y=0.0, height=PITCH))
        cursor.go_to_row(_TITLE_ROW)
        write_centred_title(cursor, fonts, title)
        for part in annex.parts:
            if isinstance(part, AnnexTable):
                write_table(cursor, fonts, part)
            elif isinstance(part, AnnexPicture):
                _write_picture(cursor, fonts, part)
            else:
                _write_text(cursor, fonts, part.text)


def _write_text(cursor: Cursor, fonts: FontSet, text: str) -> None:
    for paragraph in paragraphs(text):
        cursor.write(set_paragraph(fonts, (Span(paragraph),), first=2 * CELL))


def _write_picture(cursor: Cursor, fonts: FontSet, picture: AnnexPicture) -> None:
    """The picture as large as the page lets it be, its name below it; a sentence where there is none to show."""
    name = one_line(picture.name)
    drawn = drawn_or_told(picture)
    if isinstance(drawn, str):
        _write_text(cursor, fonts, drawn)
        return
    width, height, rows = fitted(drawn, cursor.rows_left - 1)
    if rows > cursor.rows_left - 1 or rows < min(_LEAST, fitted(drawn, ROWS - 1)[2]):
        cursor.new_sheet()
        width, height, rows = fitted(drawn, ROWS - 1)
    cursor.place(Picture((WIDTH - width) / 2, cursor.y, width, height, drawn.content))
    cursor.y += rows * PITCH
    caption = set_paragraph(fonts, (Span(name),), first=0.0)[:1]
    for line in caption:
        text = line.at(cursor.y, PITCH)
        cursor.place(text.shifted((WIDTH - line.line.width) / 2))
    cursor.y += PITCH
    if cursor.rows_left:
        cursor.blank()


def drawn_or_told(picture: AnnexPicture) -> DrawnPicture | str:
    """The picture, or a sentence in its place."""
    name = one_line(picture.name)
    if picture.content is None:
        return f"（“{name}”已不在附件中，未能印出。）"
    drawn = drawn_picture(picture.content)
    return drawn or f"（“{name}”不能印出：文件已损坏，或者不是 JPEG、PNG 图片。）"


def fitted(picture: DrawnPicture, rows: int) -> tuple[float, float, int]:
    """Width, height and rows of the grid: the whole width, or the height that there is; half a page where it lies."""
    if picture.width > picture.height:
        rows = min(rows, _HALF)
    rows = max(1, rows)
    scale = min(WIDTH / picture.width, rows * PITCH / picture.height)
    width, height = picture.width * scale, picture.height * scale
    return width, height, max(1, -int(-(height - 0.01) // PITCH))
