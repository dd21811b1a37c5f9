"""What the checklist says, line by line."""

from __future__ import annotations

from dataclasses import dataclass

from jindu_desk.domain.meetings import MeetingState
from jindu_desk.errors.exchange import with_own_row
from jindu_desk.queries.readiness import Line, Readiness, Requirement
from jindu_desk.ui.theme.tokens import Kind

_MEETING = {
    None: "本月还没有例会记录。",
    MeetingState.PREPARING: "例会还在筹备，没有记录和签发。",
    MeetingState.DRAFTED: "例会已记录，纪要还没有签发。",
}
_NAMES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the checklist in words. ``step`` is the label of its button, ``screen`` where that leads."""

    title: str
    sentence: str
    kind: Kind
    step: str = ""
    screen: str = ""


def words_for(line: Line, ready: Readiness) -> Said:
    """The words of one requirement; the requirement `OPEN` is told by the package's card instead."""
    match line.requirement:
        case Requirement.MEETING:
            said = _meeting(line, ready)
        case Requirement.TOWNSHIPS | Requirement.WAITING | Requirement.SIGNATURES:
            said = _townships(line)
        case Requirement.VILLAGES:
            met = f"{line.total} 个村（社区）都已填写或签报零报告。"
            left = f"{line.count} 个村（社区）还没有填完" if line.count else "各村（社区）都已填齐，还没有填完"
            said = _tally(line, "台账已填齐", met, f"{left}：{_concerned(line, ready)}。")
        case Requirement.CHECKS:
            begun = all(each.met for each in ready.lines if each.requirement is Requirement.VILLAGES)
            met = "全部通过。" if begun else "已填的部分没有发现问题。"
            said = _tally(line, "强制审核", met, f"{line.count} 处没有通过：{_concerned(line, ready)}。")
        case Requirement.REASONS:
            met = f"{ready.soft} 处核实项都写明了理由。" if ready.soft else "没有需要核实的数字。"
            said = _tally(line, "核实说明", met, f"{line.count} 处还没有写明理由：{_concerned(line, ready)}。")
        case Requirement.EXPENSES:
            said = _expenses(line, ready)
        case Requirement.RECEIVER:
            name = ready.receiver.name if ready.receiver else ""
            said = (
                Said("上报给", f"{name}。", "done")
                if line.met
                else Said("上报给", "还没有设置上级单位。", "wrong", "去设置", "units")
            )
        case Requirement.KEY | Requirement.OPEN:
            said = (
                Said("签名密钥", "本机的签名密钥已就绪。", "done")
                if line.met
                else Said("签名密钥", "本机还没有签名密钥，上级据此确认文件是本单位发出的。", "wrong", "生成密钥")
            )
    return said


def _meeting(line: Line, ready: Readiness) -> Said:
    if line.met:
        return Said("月协调例会", "纪要已签发，随数据包一并上报。", "done")
    if not line.holds_up:
        return Said("月协调例会", "本月没有签发的例会纪要。不影响上报。", "due", "去会议", "meetings")
    state = None if ready.meeting_state is MeetingState.SIGNED_OFF else ready.meeting_state
    return Said("月协调例会", _MEETING[state], "wrong", "去会议", "meetings")


def _townships(line: Line) -> Said:
    """A district's: each line is mended in 接收."""
    names = _listed(line.names)
    title, met, unmet = {
        Requirement.TOWNSHIPS: (
            "镇（街道）上报",
            f"{line.total} 个镇（街道）都已计入。",
            f"{line.total - line.count} 个已计入，还缺 {line.count} 个：{names}。先上报须写明理由。",
        ),
        Requirement.WAITING: (
            "等待处理",
            "没有收到而未计入的数据包。",
            f"有收到而未计入的数据包：{names}。请先处理；因本月锁定没有读入的，再读入一次。",
        ),
        Requirement.SIGNATURES: (
            "签名有效",
            "计入的数据包，签名密钥都有效。",
            f"签名密钥已经作废：{names}。请其用新密钥重新递交，再读入。",
        ),
    }[line.requirement]
    if line.met:
        return Said(title, met, "done")
    if line.requirement is Requirement.TOWNSHIPS and line.holds_up:
        unmet = "还没有一个镇（街道）的上报计入。"
    return Said(title, unmet, "wrong" if line.holds_up else "due", "去接收", "receive")


def _tally(line: Line, title: str, met: str, unmet: str) -> Said:
    return Said(title, met, "done") if line.met else Said(title, unmet, "wrong", "去台账", "tallies")


def _expenses(line: Line, ready: Readiness) -> Said:
    if not line.met:
        return Said(
            "经费", f"{ready.month.year} 年还没有预算科目。不影响上报，请尽快补登。", "due", "去经费", "expenses"
        )
    return Said("经费", f"本月登记 {line.count} 笔，随数据包一并上报。", "done")


def _concerned(line: Line, ready: Readiness) -> str:
    return with_own_row(_listed(line.names), ready.unit.name if line.own_row else "")


def _listed(names: tuple[str, ...]) -> str:
    return "、".join(names[:_NAMES_SHOWN]) + (f" 等 {len(names)} 个" if len(names) > _NAMES_SHOWN else "")
