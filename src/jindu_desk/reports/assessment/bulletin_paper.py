"""通报 in the letter layout of GB/T 9704-2012, 10.1: a text that people may have edited, set as an official letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from jindu_desk.reports.typesetting.colophon import Colophon, write_colophon
from jindu_desk.reports.typesetting.drawing import About, PrintedPaper, draw
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import Cursor, Sheet
from jindu_desk.reports.typesetting.letter_format import write_letter_mark, write_letter_number, write_lower_rules
from jindu_desk.reports.typesetting.letterhead import write_title
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.typesetting.page_foot import page_number
from jindu_desk.reports.typesetting.page_setter import PageSetter
from jindu_desk.reports.typesetting.typed_text import Setter, write_typed

_LISTED: Final = re.compile(r"[、，,；;\n]+")
NUMBER, TITLE, MAIN_TO, COPIES_TO = "编号", "标题", "主送", "抄送"
_HEADED: Final = re.compile(rf"\s*({NUMBER}|{TITLE}|{MAIN_TO}|{COPIES_TO})\s*[：:](.*)")


@dataclass(frozen=True, slots=True)
class BulletinText:
    """What a bulletin says, as it is typed: first the lines ``编号：``, ``标题：``, ``主送：``, ``抄送：``, then the
    body, a paragraph a line; 一、 and （一） begin headings. A line that is missing leaves no trace."""

    number: str = ""
    title: str = ""
    main_to: str = ""
    copies_to: str = ""
    body: str = ""

    @classmethod
    def read(cls, text: str) -> BulletinText:
        head: dict[str, str] = {}
        lines = text.splitlines()
        while lines:
            found = _HEADED.fullmatch(lines[0])
            if lines[0].strip() and (found is None or found[1] in head):
                break
            if found is not None:
                head[found[1]] = found[2].strip()
            del lines[0]
        number, title, main_to, copies_to = (head.get(name, "") for name in (NUMBER, TITLE, MAIN_TO, COPIES_TO))
        return cls(number, title, main_to, copies_to, "\n".join(lines))

    @property
    def copied_units(self) -> tuple[str, ...]:
        return tuple(filter(None, map(str.strip, _LISTED.split(self.copies_to))))

    @property
    def text(self) -> str:
        """As it is typed; `read` gives the same back."""
        head = zip(
            (NUMBER, TITLE, MAIN_TO, COPIES_TO), (self.number, self.title, self.main_to, self.copies_to), strict=True
        )
        return "\n".join([*(f"{name}：{one_line(value)}" for name, value in head), "", self.body])


@dataclass(frozen=True, slots=True)
class BulletinPaper:
    """``mark``: the issuing body in red; ``office`` and ``dated`` stand below the text."""

    mark: str
    said: BulletinText
    office: str = ""
    dated: str = ""


def bulletin_printed(paper: BulletinPaper, fonts: FontSet) -> PrintedPaper:
    """The same rows and fonts give the same bytes; no content makes it fail."""
    return draw(bulletin_sheets(paper, fonts), fonts, about_bulletin(paper), frozenset(Role))


def about_bulletin(paper: BulletinPaper) -> About:
    title = one_line(paper.said.title) or one_line(paper.mark) or "通报"
    return About(title=title, author=one_line(paper.office), subject=one_line(paper.said.number))


def bulletin_sheets(paper: BulletinPaper, fonts: FontSet) -> list[Sheet]:
    """The laid-out pages; the first bears both double rules and no page number."""
    cursor, said = Cursor(), paper.said
    below = write_letter_number(cursor, fonts, said.number, write_letter_mark(cursor, fonts, paper.mark))
    write_title(cursor, fonts, said.title, below)
    write_bulletin_body(PageSetter(cursor, fonts), paper)
    write_colophon(cursor, fonts, Colophon(copies_to=said.copied_units), ruled=False)
    write_lower_rules(cursor)
    for count, sheet in enumerate(cursor.sheets[1:], start=2):
        sheet.lines.append((page_number(fonts, count),))
    return cursor.sheets


def write_bulletin_body(setter: Setter, paper: BulletinPaper) -> None:
    """All that stands below the title, up to the signature."""
    if main_to := one_line(paper.said.main_to):
        setter.addressees(f"{main_to.rstrip('：:')}：")
    write_typed(setter, paper.said.body)
    setter.signature(one_line(paper.office), paper.dated)
