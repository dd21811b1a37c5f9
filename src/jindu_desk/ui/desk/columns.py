"""The two lists of the desk: what is due, and what came in."""

from __future__ import annotations

from jindu_desk.domain.duty_rules import DutyRow, DutyState
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.queries.overview import CameRow
from jindu_desk.ui.tables import Column
from jindu_desk.ui.theme.tokens import Kind

_KIND_WORD = {
    PackageKind.ENROLMENT: "密钥登记",
    PackageKind.DIRECTIVE: "下发",
    PackageKind.REPORT: "上报",
    PackageKind.ANSWER: "回执",
}
_VERDICT: dict[Verdict, tuple[str, Kind]] = {
    Verdict.NEW: ("新收", "done"),
    Verdict.SAME: ("重复", "plain"),
    Verdict.REVISION: ("更正", "info"),
    Verdict.OLDER: ("旧包", "plain"),
    Verdict.GAP: ("缺号", "due"),
    Verdict.FORK: ("两个版本", "wrong"),
    Verdict.NOT_FOR_US: ("不是给本单位的", "plain"),
    Verdict.UNTRUSTED: ("签名不可信", "wrong"),
    Verdict.DAMAGED: ("损坏", "wrong"),
    Verdict.LOCKED: ("本月已锁定", "plain"),
}


def left_text(row: DutyRow) -> str:
    if row.days_left is None:
        return "—"
    if row.days_left < 0:
        return f"逾期 {-row.days_left} 天"
    return "今天" if row.days_left == 0 else f"剩 {row.days_left} 天"


def left_kind(row: DutyRow) -> Kind:
    match row.state:
        case DutyState.OVERDUE:
            return "wrong"
        case DutyState.SOON:
            return "due"
        case _:
            return "plain"


DUTY_COLUMNS: tuple[Column[DutyRow], ...] = (
    Column("期限", lambda row: f"{row.due:%Y-%m-%d}" if row.due else "—"),
    Column(
        "事项",
        lambda row: f"{row.rule.title}（{row.period}）",
        width=-1,
        tooltip=lambda row: f"{row.rule.who}\n证明材料：{row.rule.evidence}",
    ),
    Column("依据", lambda row: row.article),
    Column("还有", left_text, align="right", key=lambda row: row.days_left, kind=left_kind),
)

CAME_COLUMNS: tuple[Column[CameRow], ...] = (
    Column("时间", lambda row: f"{row.received_at:%m-%d %H:%M}", key=lambda row: row.received_at),
    Column("来自", lambda row: row.from_unit or "—", width=-1),
    Column("内容", lambda row: f"{row.period or ''} {_KIND_WORD[row.kind] if row.kind else ''}".strip() or "—"),
    Column(
        "结果",
        lambda row: _VERDICT[row.verdict][0],
        kind=lambda row: _VERDICT[row.verdict][1],
        tooltip=lambda row: row.explanation,
    ),
)
