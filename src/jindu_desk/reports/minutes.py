"""The coordination meeting's minutes (Art. 11) in the layout of GB/T 9704-2012, 10.3: rows to the bytes of a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from jindu_desk.reports.colophon import Colophon, write_colophon
from jindu_desk.reports.drawing import About, PrintedPaper, draw
from jindu_desk.reports.fonts import FontSet, Role
from jindu_desk.reports.grid import CELL, Cursor, Sheet, Span, set_paragraph
from jindu_desk.reports.letterhead import write_mark, write_options, write_title
from jindu_desk.reports.linebreak import one_line, paragraphs
from jindu_desk.reports.minutes_paper import AgendaLine, Attendee, DecisionLine, FollowUpLine, MinutesPaper
from jindu_desk.reports.page_foot import draft_sign, page_number
from jindu_desk.reports.wording import attendance_label, chinese_number, date_text, role_label

_INDENT: Final = 2 * CELL
# A matter longer than two lines is no heading any more: it is set in the body's face.
_LONGEST_HEADING: Final = 54
_STOPS: Final = frozenset("。！？；：，、.!?;:,")


def minutes_pdf(minutes: MinutesPaper, fonts: FontSet) -> bytes:
    """The minutes as PDF. The same rows and fonts give the same bytes; no content makes it fail."""
    return minutes_printed(minutes, fonts).content


def minutes_printed(minutes: MinutesPaper, fonts: FontSet) -> PrintedPaper:
    """The minutes as PDF, with the fonts that were used and the characters that no font has."""
    title = one_line(minutes.title) or one_line(minutes.mark) or "会议纪要"
    author = one_line(minutes.issuer) or one_line(minutes.printed_by)
    about = About(title=title, author=author, subject=one_line(minutes.number))
    return draw(minutes_sheets(minutes, fonts), fonts, about, frozenset(Role))


def minutes_sheets(minutes: MinutesPaper, fonts: FontSet) -> list[Sheet]:
    """The laid-out pages, before they are drawn."""
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
    body = _Body(cursor, fonts)
    _write_opening(body, minutes)
    _write_sections(body, minutes)
    _write_attendance(body, minutes)
    _write_sign_off(body, minutes)
    write_colophon(
        cursor,
        fonts,
        Colophon(minutes.main_to, minutes.copies_to, minutes.printed_by, date_text(minutes.printed_on)),
    )
    for number, sheet in enumerate(cursor.sheets, start=1):
        if minutes.draft:
            sheet.lines.insert(0, (draft_sign(fonts),))
        sheet.lines.append((page_number(fonts, number),))
    return cursor.sheets


class _Body:
    """Writes the kinds of paragraph that the body has: text, headings of two levels, labelled values."""

    def __init__(self, cursor: Cursor, fonts: FontSet) -> None:
        self.cursor = cursor
        self._fonts = fonts
        self._parts = 0

    def text(self, text: str) -> None:
        """Paragraphs in 仿宋, each indented by two characters."""
        for paragraph in paragraphs(text):
            self.spans((Span(paragraph),))

    def spans(self, spans: Sequence[Span]) -> None:
        self.cursor.write(set_paragraph(self._fonts, spans, first=_INDENT))

    def part(self, title: str) -> None:
        """一、 in 黑体; it never stands alone at the foot of a page."""
        self._parts += 1
        heading = f"{chinese_number(self._parts)}、{title}"
        self.cursor.keep_together(3)  # what comes first below it keeps two rows together itself
        self.cursor.write(set_paragraph(self._fonts, (Span(heading, Role.HEI),), first=_INDENT), mark=heading)

    def item(self, number: int, title: str, then: str = "") -> None:
        """（一） with its title in 楷体, and in 仿宋 what follows on the same line. A long title is in 仿宋 itself."""
        lead, *more = paragraphs(title) or ("",)
        heading = f"（{chinese_number(number)}）{lead}"
        short = len(heading) <= _LONGEST_HEADING and not more
        face = Role.KAI if short else Role.BODY
        self.cursor.keep_together(2)
        if more or not then:
            self.spans((Span(heading, face),))
            for paragraph in more:
                self.text(paragraph)
            self.text(then)
        else:
            self.spans((Span(_stopped(heading), face), Span(then)))

    def labelled(self, label: str, value: str, keep: frozenset[int] = frozenset()) -> None:
        """Label in 黑体, value in 仿宋, further lines aligned after the colon.

        ``keep`` are the places in the value where no line should begin; such a list is not spread out.
        """
        if not value:
            return
        label += "："
        spans = (Span(label, Role.HEI), Span(value))
        kept = frozenset(len(label) + place for place in keep)
        hanging = _INDENT + len(label) * CELL
        self.cursor.write(set_paragraph(self._fonts, spans, first=_INDENT, rest=hanging, keep=kept, justify=not kept))

    def people(self, label: str, people: Iterable[Attendee]) -> None:
        """A list of persons as the standard has it: unit, then name; a name stays on one line."""
        text = ""
        keep: set[int] = set()
        for attendee in people:
            unit, name = one_line(attendee.unit), _name(attendee)
            if not (unit or name):
                continue
            text += "、" if text else ""
            text += f"{unit} " if unit and name else unit
            keep.update(range(len(text) + 1, len(text) + len(name)))
            text += name
        self.labelled(label, text, frozenset(keep))


def _name(attendee: Attendee) -> str:
    """The name, and whom a substitute stands for."""
    name, absent = one_line(attendee.name), one_line(attendee.substitute_for)
    return f"{name}（代{absent}）" if absent else name


def _stopped(text: str) -> str:
    return text if text[-1:] in _STOPS else f"{text}。"


def _write_opening(body: _Body, minutes: MinutesPaper) -> None:
    for label, value in (
        ("时间", minutes.held),
        ("地点", minutes.place),
        (role_label("convenor"), minutes.convenor),
        (role_label("chair"), minutes.chair),
        (role_label("recorder"), minutes.recorder),
    ):
        body.labelled(label, one_line(value))
    body.text(minutes.opening)


def _write_sections(body: _Body, minutes: MinutesPaper) -> None:
    if minutes.follow_ups:
        body.part("上次会议议定事项落实情况")
        for number, follow_up in enumerate(minutes.follow_ups, start=1):
            body.item(number, follow_up.matter, _follow_up_text(follow_up))
    if any(map(paragraphs, minutes.figures)):
        body.part("本月禁毒工作情况")
        for text in minutes.figures:
            body.text(text)
    if minutes.agenda:
        body.part("会议研究情况")
        _write_agenda(body, minutes.agenda)
    if minutes.decisions:
        body.part("会议议定事项")
        for number, decision in enumerate(minutes.decisions, start=1):
            body.item(number, decision.matter, _decision_text(decision))


def _write_agenda(body: _Body, agenda: Sequence[AgendaLine]) -> None:
    for number, line in enumerate(agenda, start=1):
        body.item(number, line.title)
        body.text(line.said)


def _follow_up_text(line: FollowUpLine) -> str:
    origin = [
        one_line(line.origin),
        _told("牵头单位：", one_line(line.lead_unit)),
        _told("完成时限：", date_text(line.deadline)),
    ]
    where = "，".join(part for part in origin if part)
    state = "。".join(part for part in (one_line(line.state), one_line(line.note)) if part)
    return (f"（{where}）" if where else "") + (_stopped(state) if state else "")


def _decision_text(line: DecisionLine) -> str:
    helping = "、".join(name for name in map(one_line, line.helping_units) if name)
    parts = [
        _told("牵头单位：", one_line(line.lead_unit)),
        _told("配合单位：", helping),
        _told("责任人：", one_line(line.person)),
        _told("完成时限：", date_text(line.deadline)),
        _told("办结标准：", one_line(line.standard)),
    ]
    told = "；".join(part for part in parts if part)
    return _stopped(told) if told else ""


def _told(label: str, value: str) -> str:
    return f"{label}{value}" if value else ""


def _write_attendance(body: _Body, minutes: MinutesPaper) -> None:
    lists = (
        ("present", minutes.present),
        ("excused", minutes.excused),
        ("absent", minutes.absent),
        ("observer", minutes.observers),
    )
    if any(people for _, people in lists):
        body.cursor.blank()
    for attendance, people in lists:
        body.people(attendance_label(attendance), people)


def _write_sign_off(body: _Body, minutes: MinutesPaper) -> None:
    signed = "　".join(part for part in (one_line(minutes.signed_by), date_text(minutes.signed_on)) if part)
    if signed:
        body.cursor.blank()
        body.labelled("签发", signed)
    if minutes.version > 1:
        reason = one_line(minutes.correction_reason)
        told = f"更正原因：{_stopped(reason)}" if reason else ""
        body.text(f"（本纪要为第{minutes.version}版，此前各版作废。{told}）")
