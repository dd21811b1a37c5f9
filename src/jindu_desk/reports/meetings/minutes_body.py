"""What the minutes say in which order, for every kind of paper they become: PDF and .docx."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from jindu_desk.reports.meetings.minutes_paper import AgendaLine, Attendee, DecisionLine, FollowUpLine, MinutesPaper
from jindu_desk.reports.typesetting.fonts import Role
from jindu_desk.reports.typesetting.grid import Span
from jindu_desk.reports.typesetting.linebreak import one_line, paragraphs
from jindu_desk.reports.typesetting.typed_text import LONGEST_HEADING, Setter, write_annex_names, write_typed
from jindu_desk.reports.wording import attendance_label, chinese_number, date_text, role_label

_STOPS: Final = frozenset("。！？；：，、.!?;:,")


def write_body(setter: Setter, minutes: MinutesPaper) -> None:
    """All that stands between the title and the 版记."""
    body = _Body(setter)
    _write_opening(body, minutes)
    _write_sections(body, minutes)
    write_annex_names(setter, minutes.annexes)
    _write_attendance(body, minutes)
    _write_sign_off(body, minutes)


class _Body:
    """Puts words together to text, headings of two levels, labelled values and lists of persons."""

    def __init__(self, setter: Setter) -> None:
        self.setter = setter
        self._parts = 0

    def text(self, text: str) -> None:
        write_typed(self.setter, text)

    def part(self, title: str) -> None:
        """一、 in 黑体; it never stands alone at the foot of a page."""
        self._parts += 1
        self.setter.keep_together(3)  # what comes first below it keeps two rows together itself
        self.setter.heading(f"{chinese_number(self._parts)}、{title}")

    def item(self, number: int, title: str, then: str = "") -> None:
        """（一） with its title in 楷体, and in 仿宋 what follows on the same line. A long title is in 仿宋 itself."""
        lead, *more = paragraphs(title) or ("",)
        heading = f"（{chinese_number(number)}）{lead}"
        short = len(heading) <= LONGEST_HEADING and not more
        face = Role.KAI if short else Role.BODY
        self.setter.keep_together(2)
        if more or not then:
            self.setter.paragraph((Span(heading, face),))
            for paragraph in more:
                self.text(paragraph)
            self.text(then)
        else:
            self.setter.paragraph((Span(_stopped(heading), face), Span(then)))

    def labelled(self, label: str, value: str, keep: frozenset[int] = frozenset()) -> None:
        if value:
            self.setter.labelled(f"{label}：", value, keep)

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
        body.setter.blank()
    for attendance, people in lists:
        body.people(attendance_label(attendance), people)


def _write_sign_off(body: _Body, minutes: MinutesPaper) -> None:
    signed = "　".join(part for part in (one_line(minutes.signed_by), date_text(minutes.signed_on)) if part)
    if signed:
        body.setter.blank()
        body.labelled("签发", signed)
    if minutes.version > 1:
        reason = one_line(minutes.correction_reason)
        told = f"更正原因：{_stopped(reason)}" if reason else ""
        body.text(f"（本纪要为第{minutes.version}版，此前各版作废。{told}）")
