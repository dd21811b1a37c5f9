"""What can stand in the way of recording, signing off or correcting a meeting, and of following up its decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jindu_desk.errors import DeskError

# What a decision's states are called in a sentence.
_STATES = {
    "not_started": "未启动",
    "in_progress": "进行中",
    "completion_requested": "申请办结",
    "done": "已办结",
    "postponed": "延期",
    "cancelled": "取消",
}

# What a record must have before it is signed off; ``{row}`` is the row's number on the form.
MISSING_WORDS = {
    "number": "编号",
    "title": "标题",
    "starts_at": "会议日期和开始时间",
    "day": "会议日期",
    "start": "开始时间",
    "ends_at": "结束时间",
    "times": "结束时间应晚于开始时间",
    "place": "地点",
    "convenor": "召集人",
    "chair": "主持人",
    "recorder": "记录人",
    "members": "参会人员名单",
    "nobody_present": "至少一名出席人员",
    "attendee_name": "参会人员第 {row} 行的姓名",
    "attendee_mark": "参会人员第 {row} 行的到会情况",
    "follow_up": "未办结事项第 {row} 项的落实情况",
    "agenda": "至少一项议程",
    "agenda_title": "议程第 {row} 项的题目",
    "agenda_said": "议程第 {row} 项的发言内容",
    "matter": "议定事项第 {row} 项的内容",
    "lead_unit": "议定事项第 {row} 项的牵头单位",
    "person": "议定事项第 {row} 项的责任人",
    "deadline": "议定事项第 {row} 项的完成时限",
    "deadline_early": "议定事项第 {row} 项的完成时限应不早于会议日期",
    "signed_by": "签发人",
    "signed_on": "签发日期",
    "signed_early": "签发日期应不早于会议日期",
}


# The same of many people at once; ``{count}`` people.
MANY_WORDS = {"attendee_name": "参会人员 {count} 人没有姓名", "attendee_mark": "参会人员 {count} 人没有登记到会情况"}


def missing_of_many(what: str, rows: Sequence[int]) -> str:
    """One kind of thing that many rows lack, in words."""
    words = MANY_WORDS.get(what)
    return words.format(count=len(rows)) if words else missing_words(what, rows)


def missing_words(what: str, rows: Sequence[int] = ()) -> str:
    """One kind of thing that is missing, in words. Rows count from 1; runs of rows are drawn together."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    text = "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs)
    return MISSING_WORDS[what].format(row=text)


class MeetingNotFound(DeskError):
    sentence = "找不到这次例会的记录，它可能已被删除。请重新打开会议列表。"


class NoMeetingYet(DeskError):
    sentence = "{month}还没有例会记录。请先新建本月例会。"


class MeetingExists(DeskError):
    sentence = "{month} 已有例会记录，不再新建。请在列表中打开它。"


class MeetingSignedOff(DeskError):
    sentence = "{month} 的例会纪要已签发，不能直接改动。需要改动时请点“更正”，写明理由后形成新的版本。"


class MeetingNotSignedOff(DeskError):
    sentence = "{month} 的例会纪要还没有签发，可以直接修改，不需要更正。"


class NewerVersionExists(DeskError):
    sentence = "{month} 的例会已有第 {version} 版，这一版只能查看。请打开最新的一版。"


class MeetingNotReady(DeskError):
    """``missing`` are pairs of what is missing and the row (from 1) or None."""

    sentence = "还不能签发，缺少：{missing}。请补齐后再签发。"

    def __init__(self, *, missing: Sequence[tuple[str, int | None]]) -> None:
        rows: dict[str, list[int]] = {}
        for what, row in missing:
            rows.setdefault(what, []).extend([] if row is None else [row])
        super().__init__(missing="；".join(missing_words(what, each) for what, each in rows.items()))
        self.missing = tuple(missing)


class MeetingTimesReversed(DeskError):
    sentence = "会议的结束时间早于开始时间。请改正时间后再保存。"


class ObserverMarkForMember(DeskError):
    sentence = "“{name}”是参会人员，不能记为列席。请选择出席、请假或缺席。"


class MeetingHasFollowUps(DeskError):
    sentence = "第 {number} 项议定事项在以后的例会上已有督办记录，不能删去。不再办理的，请在例会上记为“取消”。"


class DecisionNotFound(DeskError):
    sentence = "找不到这项议定事项，它可能已被删去。请重新打开例会。"


class DecisionClosed(DeskError):
    sentence = "这项议定事项已经是“{state}”，不能再记录进展。确需继续办理的，请在例会上重新议定。"

    def __init__(self, *, state: str) -> None:
        super().__init__(state=_STATES[state])


class StepNotAllowed(DeskError):
    sentence = "议定事项不能从“{last}”直接记为“{following}”。会外办结的，请先记为“申请办结”。"

    def __init__(self, *, last: str, following: str) -> None:
        super().__init__(last=_STATES[last], following=_STATES[following])


class CompletionNeedsLeader(DeskError):
    sentence = "办结须经领导签批。请填写批准人后再记为“已办结”。"


class PostponingNeedsReason(DeskError):
    sentence = "延期须经批准并说明原因。请填写批准人和原因后再保存。"


class PostponingNeedsDeadline(DeskError):
    sentence = "延期后的完成时限应晚于 {deadline}。请填写新的完成时限。"


class CancellingNeedsMeeting(DeskError):
    sentence = "议定事项由例会议定，也只能由例会取消。请在下次例会的记录里记为“取消”。"


class StepBeforeLast(DeskError):
    sentence = "日期 {on} 早于上一次进展的日期 {last}。请改正日期后再保存。"

    def __init__(self, *, on: date, last: date) -> None:
        super().__init__(on=on, last=last)


class StepFollowedLater(DeskError):
    sentence = "第 {number} 项的落实情况之后已有新的进展，不能再改。请在督办清单里另记一条进展。"


class StepInFuture(DeskError):
    sentence = "进展日期 {on} 还没有到。请填写今天或以前的日期。"


class NumberTaken(DeskError):
    sentence = "编号“{number}”已用于 {month} 的例会。请改用另一个编号后再签发。"
