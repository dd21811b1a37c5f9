"""The tables of the screen."""

from __future__ import annotations

from datetime import date

from jindu_desk.queries.exchange.answers import AnswerRow, ReminderRow
from jindu_desk.queries.exchange.direct import DirectedKey, DirectedRecipient, DirectedUnit, RuleFile
from jindu_desk.queries.exchange.key_list import KeyRow
from jindu_desk.queries.exchange.superior import SentPackage
from jindu_desk.reports.arrival_wording import uncounted_text
from jindu_desk.reports.wording import tier_label
from jindu_desk.ui.direct.lines import CheckLine, DeadlineLine, TargetLine
from jindu_desk.ui.direct.words import (
    FILE_NAMES,
    NOTHING,
    WEIGHTS,
    audit_sentence,
    audit_word,
    compared_text,
    held_text,
    key_state,
    later_text,
    owed_in_full,
    owed_text,
    percent_text,
    rhythm_text,
    sentence_pattern,
    setter_text,
    validity_text,
)
from jindu_desk.ui.tables import Column

ANSWER_COLUMNS: tuple[Column[AnswerRow], ...] = (
    Column("单位", lambda row: row.unit.name, key=lambda row: row.unit.position, width=9),
    Column(
        "新情况",
        lambda row: "有" if row.news else NOTHING,
        kind=lambda row: "info" if row.news else None,
        key=lambda row: not row.news,
        tooltip=lambda row: "上次回执之后收到了上报，或有新的处理" if row.news else "上次回执之后没有变化",
        width=3,
    ),
    Column(
        "连续收到",
        held_text,
        kind=lambda row: "due" if row.first_missing else None,
        key=lambda row: row.highest,
        tooltip=held_text,
        width=6,
    ),
    Column("未审", lambda row: str(row.received), align="right", key=lambda row: row.received, width=2),
    Column("认可", lambda row: str(row.accepted), align="right", key=lambda row: row.accepted, width=2),
    Column("退回", lambda row: str(row.returned), align="right", key=lambda row: row.returned, width=2),
    Column("待处理", lambda row: str(row.waiting), align="right", key=lambda row: row.waiting, width=3),
    Column(
        "缺报",
        lambda row: owed_text(row) or NOTHING,
        kind=lambda row: "due" if row.missing_months or row.returned_months else None,
        key=lambda row: len(row.missing_months) + len(row.returned_months),
        tooltip=owed_in_full,
        width=10,
    ),
    Column(
        "变更记录",
        lambda row: audit_word(row.audit)[0],
        kind=lambda row: audit_word(row.audit)[1],
        tooltip=lambda row: audit_sentence(row.audit),
        width=5,
    ),
    Column(
        "加密",
        lambda row: "加密" if row.encrypted else "不加密",
        kind=lambda row: "done" if row.encrypted else "due",
        width=4,
    ),
    Column(
        "上次回执",
        lambda row: f"{row.answered_at:%Y-%m-%d}" if row.answered_at else "没写过",
        key=lambda row: str(row.answered_at or ""),
        width=-1,
    ),
)


def reminder_columns(today: date) -> tuple[Column[ReminderRow], ...]:
    return (
        Column("单位", lambda row: row.unit.name, key=lambda row: row.unit.position, width=10),
        Column("月份", lambda row: row.period, width=6),
        Column("应报日期", lambda row: row.due.isoformat(), width=8),
        Column(
            "逾期",
            # When a month came that was sent back, the days since it was due do not tell.
            lambda row: NOTHING if row.returned_on is not None else f"{(today - row.due).days} 天",
            align="right",
            key=lambda row: 0 if row.returned_on is not None else (today - row.due).days,
            width=5,
        ),
        Column("备注", lambda row: uncounted_text(row.uncounted), width=-1),
    )


UNIT_COLUMNS: tuple[Column[DirectedUnit], ...] = (
    Column("单位", lambda row: row.name, width=10),
    Column("层级", lambda row: tier_label(row.tier.value), width=7),
    Column("报送给", lambda row: row.superior or NOTHING, width=7),
    Column("代码", lambda row: row.code or NOTHING, width=8),
    Column("起", lambda row: row.valid_from or "不限", width=5),
    Column("止", lambda row: row.valid_to or "不限", width=5),
    Column(
        "以后",
        lambda row: later_text((since, f"改为{name}，报送给{to or NOTHING}") for since, name, to in row.later),
        width=-1,
    ),
)
DIRECTED_KEY_COLUMNS: tuple[Column[DirectedKey], ...] = (
    Column("单位", lambda row: row.unit_name or NOTHING, width=9),
    Column(
        "状态",
        lambda row: "已作废" if row.revoked_at else "有效",
        kind=lambda row: "wrong" if row.revoked_at else "done",
        width=5,
    ),
    Column(
        "持有证明",
        lambda row: "有" if row.proven else "没有",
        kind=lambda row: "done" if row.proven else "plain",
        tooltip=lambda row: (
            "对方用这把密钥签过登记包，证明密钥在手" if row.proven else "按公钥登记的，对方还没有交过密钥登记包"
        ),
        width=6,
    ),
    Column("保管人", lambda row: row.keeper or NOTHING, width=6),
    Column("指纹", lambda row: " ".join(row.groups), width=-1),
)
RECIPIENT_COLUMNS: tuple[Column[DirectedRecipient], ...] = (
    Column("保管人", lambda row: row.keeper or NOTHING, width=7),
    Column("起用", lambda row: f"{row.since:%Y-%m-%d}", width=7),
    Column("加密公钥", lambda row: row.recipient, tooltip=lambda row: row.recipient, width=-1),
)
TARGET_COLUMNS: tuple[Column[TargetLine], ...] = (
    Column("比率", lambda row: row.name, width=14),
    Column("要求", lambda row: percent_text(row.now), align="right", key=lambda row: row.now or -1, width=6),
    Column("以后", lambda row: row.later, width=-1),
)
DEADLINE_COLUMNS: tuple[Column[DeadlineLine], ...] = (
    Column("职责", lambda row: row.row.title, tooltip=lambda row: row.row.title, width=18),
    Column("谁", lambda row: "、".join(tier_label(tier.value) for tier in sorted(row.row.tiers)), width=12),
    Column("周期", lambda row: rhythm_text(row.row.rhythm), width=4),
    Column("时限", lambda row: row.now, width=9),
    Column("由谁定", lambda row: setter_text(row.set_by, own=row.row.own), width=6),
    Column("以后", lambda row: row.later, width=-1),
)
CHECK_COLUMNS: tuple[Column[CheckLine], ...] = (
    Column("编号", lambda row: row.row.code, width=4),
    Column(
        "审核",
        lambda row: row.row.name,
        tooltip=lambda row: "\n".join(map(sentence_pattern, row.row.sentences)),
        width=15,
    ),
    Column("分量", lambda row: WEIGHTS[row.row.weight], width=4),
    Column(
        "状态",
        lambda row: "启用" if row.row.on else "停用",
        kind=lambda row: "done" if row.row.on else "plain",
        width=5,
    ),
    Column("以后", lambda row: row.later, width=-1),
)
FILE_COLUMNS: tuple[Column[RuleFile], ...] = (
    Column("规则文件", lambda row: FILE_NAMES[row.name], width=7),
    Column("版本", lambda row: row.version, width=6),
    Column("由谁定", lambda row: setter_text(row.set_by, own=row.own), width=7),
    Column("起", lambda row: row.since or NOTHING, width=5),
    Column("以后", lambda row: later_text((since, f"用 {version} 版") for since, version in row.later), width=-1),
)
KEY_COLUMNS: tuple[Column[KeyRow], ...] = (
    Column("单位", lambda row: row.unit_name + ("（本机）" if row.own else ""), width=10),
    Column("状态", lambda row: key_state(row)[0], kind=lambda row: key_state(row)[1], width=6),
    Column("保管人", lambda row: row.keeper or NOTHING, width=6),
    Column("怎样登记的", compared_text, key=lambda row: str(row.compared_at or ""), width=11),
    Column("有效期", validity_text, width=8),
    Column("指纹", lambda row: " ".join(row.groups), tooltip=lambda row: row.fingerprint, width=-1),
)
SENT_COLUMNS: tuple[Column[SentPackage], ...] = (
    Column("号", lambda row: str(row.number), align="right", key=lambda row: row.number, width=3),
    Column("写出时间", lambda row: f"{row.sent_at:%Y-%m-%d %H:%M}", width=9),
    Column("加密", lambda row: "加密" if row.encrypted else "不加密", width=4),
    Column("文件", lambda row: row.file_name, tooltip=lambda row: f"{row.written_to}\n{row.file_name}", width=-1),
)
