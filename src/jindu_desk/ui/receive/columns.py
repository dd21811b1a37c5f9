"""Columns of the files and of the units below."""

from __future__ import annotations

from jindu_desk.queries.exchange.keys import SignerRow
from jindu_desk.queries.exchange.received import StreamRow
from jindu_desk.reports.arrival_wording import RETURNED, returned_text
from jindu_desk.ui.receive.rows import FileRow
from jindu_desk.ui.receive.words import content_word, explanation_of, verdict_words
from jindu_desk.ui.tables import Column

NOTHING = "—"


def _month_word(row: StreamRow) -> str:
    if row.revision:
        return "已收到" if row.revision == 1 else f"更正第 {row.revision} 版"
    if row.returned_on is not None:
        return RETURNED
    return "暂存待处理" if row.held else "未收到"


_VERDICT: Column[FileRow] = Column(
    "结果",
    lambda row: verdict_words(row)[0],
    kind=lambda row: verdict_words(row)[1],
    tooltip=explanation_of,
    width=9,
)
_UNIT: Column[FileRow] = Column(
    "单位", lambda row: row.from_unit or NOTHING, tooltip=lambda row: row.from_unit, width=6
)
_CONTENT: Column[FileRow] = Column("内容", lambda row: content_word(row) or NOTHING, width=5)
_NUMBER: Column[FileRow] = Column(
    "号", lambda row: str(row.number or NOTHING), align="right", key=lambda row: row.number or 0, width=3
)
_SAID: Column[FileRow] = Column(
    "说明", lambda row: explanation_of(row).partition("\n")[0], tooltip=explanation_of, width=-1
)

FILE_COLUMNS: tuple[Column[FileRow], ...] = (
    _VERDICT,
    _UNIT,
    _CONTENT,
    _NUMBER,
    Column("文件", lambda row: row.file_name, tooltip=lambda row: row.file_name, width=13),
    _SAID,
)
RECORD_COLUMNS: tuple[Column[FileRow], ...] = (
    Column("时间", lambda row: row.received_at, width=9),
    _VERDICT,
    _UNIT,
    _CONTENT,
    _NUMBER,
    _SAID,
)
STREAM_COLUMNS: tuple[Column[StreamRow], ...] = (
    Column("单位", lambda row: row.unit.name, key=lambda row: row.unit.position, width=8),
    Column(
        "密钥",
        lambda row: f"已登记 {row.keys} 把" if row.keys else "未登记",
        kind=lambda row: "done" if row.keys else "due",
        key=lambda row: row.keys,
        width=8,
    ),
    Column(
        "本月",
        _month_word,
        kind=lambda row: "done" if row.revision else "due" if row.held or row.returned_on else "plain",
        tooltip=lambda row: _month_word(row) if row.returned_on is None else returned_text(row.returned_on),
        key=lambda row: row.revision or 0,
        width=10,
    ),
    Column(
        "已收到第几号",
        lambda row: str(row.highest) if row.highest else NOTHING,
        align="right",
        key=lambda row: row.highest,
        width=7,
    ),
    Column(
        "待处理", lambda row: str(row.held) if row.held else NOTHING, align="right", key=lambda row: row.held, width=5
    ),
    Column("代码", lambda row: row.unit.code, width=-1),
)
SIGNER_COLUMNS: tuple[Column[SignerRow], ...] = (
    Column("单位", lambda row: row.unit_name + ("（本机）" if row.own else ""), width=9),
    Column(
        "状态",
        lambda row: "已作废" if row.revoked_at else "有效",
        kind=lambda row: "wrong" if row.revoked_at else "done",
        width=5,
    ),
    Column("保管人", lambda row: row.keeper or NOTHING, width=6),
    Column(
        "核对时间",
        lambda row: row.compared_at.strftime("%Y-%m-%d %H:%M") if row.compared_at and not row.own else NOTHING,
        width=10,
    ),
    Column("指纹", lambda row: " ".join(row.groups), tooltip=lambda row: row.fingerprint, width=-1),
)
