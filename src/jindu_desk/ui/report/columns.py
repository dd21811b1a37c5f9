"""Columns of the packages that were written."""

from __future__ import annotations

from jindu_desk.queries.exchange.superior import SentPackage
from jindu_desk.ui.report.superior_words import NOTHING, kind_word, reason_text, state_word
from jindu_desk.ui.tables import Column

COLUMNS: tuple[Column[SentPackage], ...] = (
    Column("号", lambda row: str(row.number), align="right", key=lambda row: row.number),
    Column("月份", lambda row: row.period),
    Column(
        "版次",
        lambda row: f"更正第 {row.revision} 版" if row.revision > 1 else "首次",
        tooltip=lambda row: row.reason,
    ),
    Column(
        "时间",
        lambda row: row.sent_at.strftime("%m-%d %H:%M"),
        tooltip=lambda row: f"{row.sent_at:%Y-%m-%d %H:%M}　{row.file_name}　{row.written_to}",
        key=lambda row: row.sent_at,
        width=-1,
    ),
)


def _month(row: SentPackage) -> str:
    """The month, and which correction of it."""
    if not row.period:
        return NOTHING
    return f"{row.period} 更正 {row.revision}" if row.revision > 1 else row.period


def _where(row: SentPackage) -> str:
    return f"{row.sent_at:%Y-%m-%d %H:%M}　{row.file_name}　{row.written_to}"


SENT_COLUMNS: tuple[Column[SentPackage], ...] = (
    Column("种类", kind_word, tooltip=_where),
    Column("号", lambda row: str(row.number), align="right", key=lambda row: row.number),
    Column("月份", _month, key=lambda row: (row.period, row.revision)),
    Column("写出时间", lambda row: f"{row.sent_at:%m-%d %H:%M}", tooltip=_where, key=lambda row: row.sent_at),
    Column("加密", lambda row: "是" if row.encrypted else "否"),
    Column("上级的处理", lambda row: state_word(row)[0], kind=lambda row: state_word(row)[1]),
    Column("理由", lambda row: reason_text(row) or NOTHING, tooltip=reason_text, width=-1),
)
