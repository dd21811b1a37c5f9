"""Columns of the list of packages that were sent."""

from __future__ import annotations

from jindu_desk.queries.exchange import SentRow
from jindu_desk.ui.tables import Column

COLUMNS: tuple[Column[SentRow], ...] = (
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
