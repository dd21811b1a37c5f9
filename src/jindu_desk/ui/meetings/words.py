"""What the states of meetings, attendance and decisions are called here, and how they look."""

from __future__ import annotations

from datetime import date

from jindu_desk.domain.decisions import days_left, is_open
from jindu_desk.domain.meetings import Attendance, DecisionState, Group, MeetingState
from jindu_desk.ui.theme.tokens import Kind

MEETING: dict[MeetingState, tuple[str, Kind]] = {
    MeetingState.PREPARING: ("筹备中", "plain"),
    MeetingState.DRAFTED: ("未签发", "due"),
    MeetingState.SIGNED_OFF: ("已签发", "done"),
}
ATTENDANCE: dict[Attendance, tuple[str, Kind]] = {
    Attendance.UNMARKED: ("未登记", "plain"),
    Attendance.PRESENT: ("出席", "done"),
    Attendance.EXCUSED: ("请假", "due"),
    Attendance.ABSENT: ("缺席", "wrong"),
    Attendance.OBSERVER: ("列席", "info"),
}
GROUP_WORD = {Group.MEMBER: "成员", Group.STAFF: "专职人员", Group.OBSERVER: "列席"}
DECISION: dict[DecisionState, tuple[str, Kind]] = {
    DecisionState.NOT_STARTED: ("未启动", "plain"),
    DecisionState.IN_PROGRESS: ("进行中", "info"),
    DecisionState.COMPLETION_REQUESTED: ("申请办结", "due"),
    DecisionState.DONE: ("已办结", "done"),
    DecisionState.POSTPONED: ("延期", "due"),
    DecisionState.CANCELLED: ("取消", "plain"),
}


def deadline_words(state: DecisionState, deadline: date | None, today: date) -> tuple[str, Kind]:
    """How a deadline stands: 逾期 3 天, 还有 5 天."""
    left = days_left(deadline, today)
    if left is None or not is_open(state):
        return "", "plain"
    if left < 0:
        return f"逾期 {-left} 天", "wrong"
    return ("今天到期" if left == 0 else f"还有 {left} 天"), "due" if left <= 7 else "plain"
