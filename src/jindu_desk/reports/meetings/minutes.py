"""The coordination meeting's minutes (Art. 11) in the layout of GB/T 9704-2012, 10.3: rows to the bytes of a PDF."""

from __future__ import annotations

from jindu_desk.reports.meetings.minutes_body import write_body
from jindu_desk.reports.meetings.minutes_paper import MinutesPaper
from jindu_desk.reports.typesetting.annex_pages import write_annexes
from jindu_desk.reports.typesetting.colophon import Colophon, write_colophon
from jindu_desk.reports.typesetting.drawing import About, PrintedPaper, draw
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import Cursor, Sheet
from jindu_desk.reports.typesetting.letterhead import write_mark, write_options, write_title
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.typesetting.page_foot import draft_sign, page_number
from jindu_desk.reports.typesetting.page_setter import PageSetter
from jindu_desk.reports.wording import date_text


def minutes_pdf(minutes: MinutesPaper, fonts: FontSet) -> bytes:
    """The minutes as PDF. The same rows and fonts give the same bytes; no content makes it fail."""
    return minutes_printed(minutes, fonts).content


def minutes_printed(minutes: MinutesPaper, fonts: FontSet) -> PrintedPaper:
    """The minutes as PDF, with the fonts that were used and the characters that no font has."""
    title = one_line(minutes.title) or one_line(minutes.mark) or "会议纪要"
    author = one_line(minutes.issuer) or one_line(minutes.printed_by)
    about = About(title=title, author=author, subject=one_line(minutes.number))
    return draw(minutes_sheets(minutes, fonts), fonts, about, frozenset(Role))


def minutes_sheets(minutes: MinutesPaper, fonts: FontSet, first_page: int = 1) -> list[Sheet]:
    """The laid-out pages, before they are drawn; the first is numbered ``first_page``."""
    cursor = Cursor()
    mark_bottom = write_mark(cursor, fonts, minutes.mark)
    head_bottom = write_options(
        cursor,
        fonts,
        mark_bottom,
        number=minutes.number,
        issuer=minutes.issuer,
        issued=date_text(minutes.issued_on),
    )
    write_title(cursor, fonts, minutes.title, head_bottom)
    write_body(PageSetter(cursor, fonts), minutes)
    write_annexes(cursor, fonts, minutes.annexes)
    write_colophon(
        cursor,
        fonts,
        Colophon(minutes.main_to, minutes.copies_to, minutes.printed_by, date_text(minutes.printed_on)),
        after_annexes=bool(minutes.annexes),
    )
    for number, sheet in enumerate(cursor.sheets, start=first_page):
        if minutes.draft:
            sheet.lines.insert(0, (draft_sign(fonts),))
        sheet.lines.append((page_number(fonts, number),))
    return cursor.sheets
