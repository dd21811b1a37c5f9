"""An official letter in the layout of GB/T 9704-2012: title, addressees, body, annexes, signature, 版记."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from jindu_desk.reports.typesetting.annex import Annex
from jindu_desk.reports.typesetting.annex_pages import write_annexes
from jindu_desk.reports.typesetting.colophon import Colophon, write_colophon
from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.typesetting.grid import (
    Cursor,
    Sheet,
    Span,
)
from jindu_desk.reports.typesetting.letterhead import write_title
from jindu_desk.reports.typesetting.linebreak import one_line, paragraphs
from jindu_desk.reports.typesetting.page_foot import page_number
from jindu_desk.reports.typesetting.page_setter import PageSetter
from jindu_desk.reports.typesetting.typed_text import Setter, write_annex_names
from jindu_desk.reports.wording import chinese_number


@dataclass(frozen=True, slots=True)
class LetterPart:
    """一、 with a short ``value`` on the same line, or with paragraphs below it."""

    title: str
    value: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says. ``dated`` is the date as printed."""

    title: str
    main_to: str = ""
    opening: str = ""
    parts: tuple[LetterPart, ...] = ()
    annexes: tuple[Annex, ...] = ()
    office: str = ""
    dated: str = ""
    colophon: Colophon = field(default_factory=Colophon)


def letter_sheets(
    letter: Letter, fonts: FontSet, in_last: Callable[[Cursor, FontSet], None] | None = None
) -> list[Sheet]:
    """The laid-out pages: the letter, its annexes, 版记 on the last one. ``in_last`` writes on in the last annex."""
    cursor = Cursor()
    write_title(cursor, fonts, letter.title, 0.0)
    write_letter_body(PageSetter(cursor, fonts), letter)
    write_annexes(cursor, fonts, letter.annexes)
    if in_last is not None:
        in_last(cursor, fonts)
    write_colophon(cursor, fonts, letter.colophon, after_annexes=bool(letter.annexes))
    for number, sheet in enumerate(cursor.sheets, start=1):
        sheet.lines.append((page_number(fonts, number),))
    return cursor.sheets


def write_letter_body(setter: Setter, letter: Letter) -> None:
    """All that stands below the title, up to the signature."""
    if addressees := one_line(letter.main_to):
        setter.addressees(f"{addressees}：")
    for text in paragraphs(letter.opening):
        setter.paragraph((Span(text),))
    for number, part in enumerate(letter.parts, start=1):
        setter.keep_together(2 if part.lines else 1)
        setter.heading(f"{chinese_number(number)}、{one_line(part.title)}", one_line(part.value))
        for line in part.lines:
            for text in paragraphs(line):
                setter.paragraph((Span(text),))
    write_annex_names(setter, letter.annexes)
    setter.signature(one_line(letter.office), letter.dated)
