"""数据包核验单: what the program found of one package, for the file; the technical part stands by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from jindu_desk.reports.exchange.wording import (
    VerdictWords,
    audit_label,
    encrypted_label,
    kind_label,
    numbered_text,
    or_dash,
    period_text,
    verdict_words,
)
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.form_cells import SIZE, Cell, Para, cell, exact, rows_of_groups
from jindu_desk.reports.typesetting.forms import FORM_WIDTH, Column, Form, Row, dated, fields
from jindu_desk.reports.typesetting.grid import MM
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import date_text, date_time_text

# What such a package says of its sender may be a lie.
_UNPROVEN: Final = frozenset({"untrusted", "damaged", ""})
_SIGN_WIDTH: Final = 24 * MM


@dataclass(frozen=True, slots=True)
class PackageSlip:
    """A package with its verdict. Fields that are not known stay empty.

    ``verdict``, ``kind`` and ``audit`` are the values of `Verdict`, `PackageKind` and `AuditState`. ``counted``: its
    content is in use now. ``state`` and ``other_chosen`` as in `verdict_words`. ``sentence``: what the program said;
    ``to_do``: instead of the verdict's own advice. ``remarks``: faults, changes or remarks under the heading
    ``remarks_title``. ``proven``: whether the sender's signature was found good; None: as the verdict has it.
    ``file_sha256``: of the file as kept.
    """

    desk: str
    printed_on: date | None = None
    verdict: str = ""
    kind: str = ""
    counted: bool = False
    state: str = ""
    other_chosen: bool = False
    sentence: str = ""
    to_do: str = ""
    sender: str = ""
    sender_code: str = ""
    keeper: str = ""
    receiver: str = ""
    period: str = ""
    number: int | None = None
    revision: int | None = None
    reason: str = ""
    created_at: datetime | None = None
    received_at: datetime | None = None
    decided_reason: str = ""
    remarks_title: str = "问题和变化"
    remarks: tuple[str, ...] = ()
    proven: bool | None = None
    fingerprint: str = ""
    descriptor_sha256: str = ""
    file_sha256: str = ""
    file_name: str = ""
    encrypted: bool | None = None
    program: str = ""
    rules: str = ""
    audit: str = ""


def package_slip_pdf(slip: PackageSlip, fonts: FontSet) -> bytes:
    """The slip as PDF. The same rows and fonts give the same bytes; no content makes it fail."""
    return package_slip_printed(slip, fonts).content


def package_slip_printed(slip: PackageSlip, fonts: FontSet) -> PrintedPaper:
    """The slip as PDF, with the fonts that were used and the characters that no font has."""
    words = verdict_words(
        slip.verdict,
        slip.kind,
        counted=slip.counted,
        state=slip.state,
        other_chosen=slip.other_chosen,
    )
    under = "　".join(filter(None, (one_line(slip.desk), date_text(slip.printed_on))))
    paper = Form(fonts, "数据包核验单", under)
    paper.grid((_verdict_row(words, slip.sentence),), whole=True)
    paper.grid(_package_rows(slip), part="数据包")
    paper.grid(
        (
            fields(("这是什么意思", words.meaning)),
            fields(("请这样办", slip.to_do if one_line(slip.to_do) else words.to_do)),
        ),
        whole=True,
        part="说明",
    )
    if any(map(one_line, slip.remarks)):
        told = [remark for remark in slip.remarks if one_line(remark)]
        paper.table(
            (Column("序号", 14, "centre"), Column("内容", 151)),
            [(str(number), remark) for number, remark in enumerate(told, start=1)],
            part=one_line(slip.remarks_title) or "问题和变化",
        )
    paper.grid(_technical_rows(slip), part="技术信息")
    paper.grid(
        (
            fields(("处理意见", ""), least=16 * MM),
            fields(("经办人签字", ""), dated(), least=9 * MM),
            fields(("负责人签字", ""), dated(), least=9 * MM),
        ),
        whole=True,
        part="处理",
    )
    subject = " ".join(filter(None, (one_line(slip.sender), period_text(slip.period))))
    return paper.printed(author=slip.desk, subject=subject)


def _verdict_row(words: VerdictWords, sentence: str) -> Row:
    sign = Cell((Para(words.sign, Role.HEI, 36.0),), "centre")
    said = Cell((Para(words.heading, Role.HEI, 18.0), Para(sentence, size=11.0)))
    return Row((sign, said), (_SIGN_WIDTH, FORM_WIDTH - _SIGN_WIDTH), 20 * MM)


def _package_rows(slip: PackageSlip) -> list[Row]:
    unproven = slip.verdict in _UNPROVEN if slip.proven is None else not slip.proven
    sender = one_line(slip.sender)
    if sender and one_line(slip.sender_code):
        sender = f"{sender}（{one_line(slip.sender_code)}）"
    if sender and unproven:
        sender = f"{sender}\n未经证实"
    rows = [
        fields(("发出单位", or_dash(sender)), ("签名保管人", or_dash(slip.keeper))),
        fields(("收件单位", or_dash(slip.receiver)), ("种类", or_dash(kind_label(slip.kind)))),
        fields(
            ("月份", or_dash(period_text(slip.period))),
            ("编号、版次", or_dash(numbered_text(slip.number, slip.revision if slip.kind in ("report", "") else None))),
        ),
        fields(
            ("制作时间", or_dash(date_time_text(slip.created_at))),
            ("接收时间", or_dash(date_time_text(slip.received_at))),
        ),
    ]
    if one_line(slip.reason):
        rows.append(fields(("更正理由" if (slip.revision or 1) > 1 else "说明", slip.reason)))
    if one_line(slip.decided_reason):
        rows.append(fields(("认定理由", slip.decided_reason)))
    return rows


def _technical_rows(slip: PackageSlip) -> tuple[Row, ...]:
    least = 7 * MM
    return (
        fields(("密钥指纹", _groups(one_line(slip.fingerprint).removeprefix("SHA256:"), 11)), least=least),
        fields(("说明文件 SHA-256", _groups(slip.descriptor_sha256, 8)), least=least),
        fields(("文件 SHA-256", _groups(slip.file_sha256, 8)), least=least),
        fields(("文件名", or_dash(slip.file_name)), least=least),
        fields(("加密", or_dash(encrypted_label(slip.encrypted))), ("程序版本", or_dash(slip.program)), least=least),
        fields(("变更记录链", or_dash(audit_label(slip.audit))), ("规则版本", or_dash(slip.rules)), least=least),
    )


def _groups(text: str, a_row: int) -> Cell:
    return exact(rows_of_groups(text, a_row), size=SIZE) if one_line(text) else cell(or_dash(""))
