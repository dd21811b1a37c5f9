"""How this desk stands with its superior, in words: one line a matter, each with what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.queries.exchange.standing import Known, OwnKeyStanding
from jindu_desk.queries.exchange.superior import SentPackage, SnapshotRow
from jindu_desk.reports.exchange.wording import kind_label, period_text, receipt_state_label
from jindu_desk.ui.report.superior_state import SuperiorState
from jindu_desk.ui.theme.tokens import Kind

STALE_DAYS = 40
"""A directive comes at least monthly; who hears nothing for longer may be held at an old one."""
NOTHING = "—"


class Step(StrEnum):
    """What a line's button does."""

    NONE = ""
    MAKE_KEY = "make_key"
    ENROL = "enrol"
    PRINT_FORM = "print_form"
    READ = "read"
    CHANGE_KEY = "change_key"
    LOST_KEY = "lost_key"
    CORRECT = "correct"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class StatusLine:
    """``step`` with its label ``verb``; ``period``: the month it is about."""

    title: str
    sentence: str
    kind: Kind
    verb: str = ""
    step: Step = Step.NONE
    period: str = ""


_STATES: dict[ReceiptState, Kind] = {
    ReceiptState.RECEIVED: "done",
    ReceiptState.ACCEPTED: "done",
    ReceiptState.RETURNED: "wrong",
    ReceiptState.WAITING: "due",
    ReceiptState.KEPT_OUT: "plain",
}
_VERDICTS: dict[Verdict, Kind] = {
    Verdict.SAME: "plain",
    Verdict.OLDER: "plain",
    Verdict.GAP: "due",
    Verdict.REVISION: "due",
    Verdict.LOCKED: "due",
}


def status_lines(state: SuperiorState) -> tuple[StatusLine, ...]:
    """What is urgent first: returned and awaited months, then the keys, then what came."""
    above = state.superior
    if above is None:
        return (StatusLine("上级单位", "还没有设置上级单位。请在“单位人员”里设置。", "wrong"),)
    lines = [
        StatusLine(
            "退回",
            f"{period_text(month.period)}第 {month.number} 号被退回：{month.reason}"
            + (f"（另有 {month.remarks} 处具体意见）" if month.remarks else ""),
            "wrong",
            "去改正",
            Step.CORRECT,
            month.period,
        )
        for month in state.returned
    ]
    lines += [
        StatusLine("催报", f"{above.name}还没有收到{period_text(period)}的上报。", "due", "去上报", Step.REPORT, period)
        for period in above.reminders
    ]
    keys = (
        StatusLine("上级的密钥", f"已登记{above.name}的密钥，指令和回执都能核验。", "done")
        if above.keys
        else StatusLine(
            "上级的密钥",
            f"还没有登记{above.name}的密钥。读入它的指令时，打电话核对一次指纹即可。",
            "due",
            "读入指令…",
            Step.READ,
        )
    )
    sealed = (
        StatusLine("加密", f"上报自动加密，只有{above.name}能打开。", "done")
        if above.encrypted
        else StatusLine(
            "加密", "还没有上级的加密公钥，上报不加密，拿到文件的人都能读。读入上级的指令后自动加密。", "due"
        )
    )
    lines += [_own_key(state), keys, sealed, _directive(state, above.directive), _answer(state, above.answer)]
    return tuple(lines)


def _own_key(state: SuperiorState) -> StatusLine:
    title, key = "本机的密钥", state.keys.present
    if key is None:
        why = f"已作废（{state.keys.revoked_reason}）。" if state.keys.revoked_reason else ""
        said = f"本机的密钥{why}请重新生成，再写密钥登记包交上级核对。" if why else "本机还没有签名密钥。"
        return StatusLine(title, said, "wrong", "生成密钥", Step.MAKE_KEY)
    if not state.key_held:
        return StatusLine(
            title, "这台电脑上没有本单位密钥的私钥（换过电脑？），不能签名。", "wrong", "密钥丢失…", Step.LOST_KEY
        )
    if state.keys.to_follow is not None:
        return StatusLine(title, _change_under_way(state.keys.to_follow), "due", "继续更换…", Step.CHANGE_KEY)
    return _known_above(title, key.known, state.superior.enrolled_at if state.superior else None)


def _known_above(title: str, known: Known, enrolled: datetime | None) -> StatusLine:
    on = f"（{enrolled:%Y-%m-%d}）" if enrolled else ""
    said: dict[Known, StatusLine] = {
        Known.LISTED: StatusLine(title, "上级已登记本机的密钥，用它签的上报会被承认。", "done"),
        Known.WRITTEN: StatusLine(
            title,
            f"密钥登记包已写出{on}，等上级核对指纹并登记。登记后，上级的下一份指令会列出它。",
            "due",
            "打印登记表",
            Step.PRINT_FORM,
        ),
        Known.NOT_TOLD: StatusLine(
            title,
            "上级还没有登记本机的密钥。请写密钥登记包，连同登记表交上级核对。",
            "due",
            "写登记包…",
            Step.ENROL,
        ),
        Known.NOT_LISTED: StatusLine(
            title,
            "上级的名册里没有本机的密钥，用它签的上报不会被读入。请写密钥登记包交上级核对。",
            "wrong",
            "写登记包…",
            Step.ENROL,
        ),
        Known.REVOKED: StatusLine(
            title, "上级作废了本机的密钥，用它签的上报不会被读入。请重新生成。", "wrong", "重新生成…", Step.LOST_KEY
        ),
    }
    return said[known]


def _change_under_way(key: OwnKeyStanding) -> str:
    if key.known is Known.LISTED:
        return "接替的密钥上级已经登记，可以启用。"
    if key.known is Known.WRITTEN:
        return "接替的密钥已写进登记包，等上级读入。"
    return "接替的密钥已生成，还没有告诉上级。"


def _directive(state: SuperiorState, row: SnapshotRow | None) -> StatusLine:
    if row is None:
        return StatusLine(
            "指令", "还没有收到过指令，名册、指标和规则都按程序自带的。请向上级要一份。", "due", "读入指令…", Step.READ
        )
    days = (state.today - row.received_at.date()).days
    said = f"第 {row.number} 号，{row.received_at:%Y-%m-%d} 读入。"
    if days > STALE_DAYS:
        return StatusLine(
            "指令", f"{said}已 {days} 天没有新指令，请向上级要最新的一份。", "due", "读入指令…", Step.READ
        )
    return StatusLine("指令", said, "done")


def _answer(state: SuperiorState, row: SnapshotRow | None) -> StatusLine:
    if row is not None:
        said = f"第 {row.number} 号，{row.received_at:%Y-%m-%d} 读入。"
        if waiting := unanswered(state):
            names = "、".join(f"第 {sent.number} 号（{period_text(sent.period)}）" for sent in waiting[:3])
            more = f" 等 {len(waiting)} 份" if len(waiting) > 3 else ""
            return StatusLine("回执", f"{said}上报{names}{more}还没有回音，等上级的下一份回执。", "info")
        return StatusLine("回执", said, "done")
    reported = any(sent.kind is PackageKind.REPORT for sent in state.sent)
    if not reported:
        return StatusLine("回执", "还没有上报过，不会有回执。", "plain")
    return StatusLine("回执", "还没有收到过回执，不知道上级收没收到。请向上级要一份。", "due", "读入回执…", Step.READ)


def unanswered(state: SuperiorState) -> tuple[SentPackage, ...]:
    """The newest report of each month, where the superior's answers say nothing of it yet; newest first."""
    newest: dict[str, SentPackage] = {}
    for sent in state.sent:
        if sent.kind is PackageKind.REPORT:
            newest.setdefault(sent.period, sent)
    return tuple(sent for sent in newest.values() if sent.state is None)


def snapshot_title(kind: str, row: SnapshotRow | None) -> str:
    return f"最近一份{kind}" + (f" · 第 {row.number} 号 · {row.received_at:%Y-%m-%d %H:%M}" if row else "")


def kind_word(row: SentPackage) -> str:
    return kind_label(row.kind.value)


def name_of(row: SentPackage) -> str:
    """第 3 号上报包（2026年10月）."""
    month = f"（{period_text(row.period)}）" if row.period else ""
    return f"第 {row.number} 号{kind_word(row)}{month}"


def state_word(row: SentPackage) -> tuple[str, Kind]:
    """What the superior's answer says of it."""
    if row.kind is not PackageKind.REPORT:
        return NOTHING, "plain"
    if row.state is None:
        return "还没有回音", "plain"
    return receipt_state_label(row.state.value), _STATES[row.state]


def reason_text(row: SentPackage) -> str:
    """Why it came back; else why it was corrected."""
    if row.state_reason:
        return row.state_reason
    return f"更正理由：{row.reason}" if row.reason else ""


def verdict_kind(verdict: Verdict, *, counted: bool) -> Kind:
    return "done" if counted else _VERDICTS.get(verdict, "wrong")
