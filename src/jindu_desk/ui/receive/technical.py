"""What only a specialist asks of a package: hashes, fingerprint, program, chain, how many rows."""

from __future__ import annotations

from collections.abc import Mapping

from jindu_desk.queries.exchange.details import PackageDetails
from jindu_desk.reports.exchange.wording import encrypted_label
from jindu_desk.ui.fingerprint import FingerprintView
from jindu_desk.ui.receive.texts import Folded, facts_grid, heading

_TABLES = {
    "units": "单位",
    "unit_versions": "单位名称和上级",
    "officials": "责任人",
    "meetings": "会议",
    "attendees": "参会人员",
    "agenda_items": "议程",
    "figures": "纪要所引数字",
    "decisions": "议定事项",
    "decision_steps": "督办记录",
    "signed_decisions": "纪要所载事项",
    "cells": "台账数字",
    "nil_returns": "零报告",
    "reasons": "核实说明",
    "budget_lines": "预算科目",
    "adjustments": "预算调整",
    "expenses": "经费",
    "audit": "变更记录链",
    "history": "历次编号",
    "signers": "签名密钥",
    "recipients": "加密公钥",
    "targets": "目标",
    "deadlines": "时限",
    "rules": "规则",
    "standing": "收到情况",
    "receipts": "逐份回执",
    "remarks": "退回意见",
    "unlocks": "解锁",
    "revocations": "作废密钥",
    "reminders": "催报",
}


class TechnicalPart(Folded):
    """Folded away: nobody needs it to decide."""

    def __init__(self, details: PackageDetails) -> None:
        super().__init__("技术信息")
        if details.groups:
            self.body.addWidget(heading("密钥指纹"))
            fingerprint = FingerprintView("密钥指纹", factor=1.1)
            fingerprint.show_groups(details.groups)
            self.body.addWidget(fingerprint)
        row = details.row
        self.body.addLayout(
            facts_grid(
                (
                    ("文件名", row.file_name),
                    ("加密", encrypted_label(row.encrypted) if row.number else ""),
                    ("文件 SHA-256", grouped(row.file_sha256)),
                    ("说明文件 SHA-256", grouped(details.descriptor_sha256)),
                    ("前一份 SHA-256", grouped(details.previous_sha256)),
                    ("程序", details.program),
                    ("规则版本", details.rules),
                    (
                        "所读指令",
                        f"第 {details.roster} 号" if details.roster else "还没有读过指令" if row.number else "",
                    ),
                    ("变更记录链", _chain(details)),
                    ("内容", _counts(details.counts)),
                )
            )
        )


def grouped(hexadecimal: str) -> str:
    """In groups of eight, so that two people can read it to each other and the line can break."""
    return " ".join(hexadecimal[at : at + 8] for at in range(0, len(hexadecimal), 8))


def _chain(details: PackageDetails) -> str:
    words = {True: "与前一次上报相接", False: "与前一次上报接不上", None: ""}[details.audit_continues]
    return "\n".join(filter(None, (words, grouped(details.audit_head))))


def _counts(counts: Mapping[str, int]) -> str:
    return "、".join(f"{_TABLES.get(name, name)} {count} 行" for name, count in counts.items() if count)
