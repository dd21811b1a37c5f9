"""上报单: goes with the stick on which a report leaves the house, so that both ends know what was handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from jindu_desk.reports.exchange.wording import (
    encrypted_label,
    number_text,
    or_dash,
    period_text,
    revision_text,
    size_text,
)
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.typesetting.form_cells import SMALL, Cell, cell, exact, rows_of_groups
from jindu_desk.reports.typesetting.forms import Form, dated, fields
from jindu_desk.reports.typesetting.grid import MM
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import date_time_text

_FIGURES: Final = 13.0
_CHECK: Final = (
    "接收人收到后，先核对文件名和大小，再在程序里读入；程序显示的指纹、SHA-256 应当与本单逐组相同。"
    "没有本程序的电脑可用 sha256sum 命令计算。",
    "有一组不同，请不要使用这个文件，并打电话告诉上报单位。",
)


@dataclass(frozen=True, slots=True)
class ReportSlip:
    """A report that was written. ``file_sha256`` and ``size`` are those of the file on the stick, as it is there.

    ``descriptor_sha256``: what the receiver's program shows, also of an encrypted file. ``fingerprint``: of the key
    that signed.
    """

    sender: str
    sender_code: str = ""
    keeper: str = ""
    receiver: str = ""
    period: str = ""
    number: int | None = None
    revision: int | None = None
    reason: str = ""
    sent_at: datetime | None = None
    file_name: str = ""
    size: int | None = None
    file_sha256: str = ""
    descriptor_sha256: str = ""
    fingerprint: str = ""
    encrypted: bool | None = None


def report_slip_pdf(slip: ReportSlip, fonts: FontSet) -> bytes:
    """The slip as PDF. The same rows and fonts give the same bytes; no content makes it fail."""
    return report_slip_printed(slip, fonts).content


def report_slip_printed(slip: ReportSlip, fonts: FontSet) -> PrintedPaper:
    """The slip as PDF, with the fonts that were used and the characters that no font has."""
    period = period_text(slip.period)
    paper = Form(fonts, "数据包上报单")
    rows = [
        fields(("上报单位", or_dash(slip.sender)), ("单位代码", _exact(slip.sender_code))),
        fields(("收件单位", or_dash(slip.receiver)), ("签名保管人", or_dash(slip.keeper))),
        fields(("月份", or_dash(period)), ("编号", or_dash(number_text(slip.number)))),
        fields(
            ("版次", or_dash(revision_text(slip.revision))),
            ("写出时间", or_dash(date_time_text(slip.sent_at))),
        ),
    ]
    if one_line(slip.reason):
        rows.append(fields(("更正理由", slip.reason)))
    paper.grid(rows)
    paper.grid(
        (
            fields(("文件名", or_dash(slip.file_name))),
            fields(("大小", or_dash(size_text(slip.size))), ("加密", or_dash(encrypted_label(slip.encrypted)))),
            fields(("文件 SHA-256", _groups(slip.file_sha256, 8)), least=17 * MM),
            fields(("说明文件 SHA-256", _groups(slip.descriptor_sha256, 8)), least=17 * MM),
            fields(("密钥指纹", _groups(one_line(slip.fingerprint).removeprefix("SHA256:"), 8)), least=17 * MM),
        ),
        part="文件",
    )
    paper.gap(1)
    paper.text(*_CHECK, size=SMALL)
    paper.grid(
        (
            fields(("交接方式", "□U盘　□邮件　□其他"), ("介质编号", "")),
            fields(("送交人签字", ""), dated("送交日期"), least=11 * MM),
            fields(("接收人签字", ""), dated("接收日期"), least=11 * MM),
            fields(("备注", ""), least=22 * MM),
        ),
        whole=True,
        part="交接",
    )
    return paper.printed(author=slip.sender, subject=" ".join(filter(None, (one_line(slip.sender), period))))


def _exact(text: str) -> Cell:
    return exact(text, size=10.5) if one_line(text) else cell(or_dash(""))


def _groups(text: str, a_row: int) -> Cell:
    return exact(rows_of_groups(text, a_row), size=_FIGURES) if one_line(text) else cell(or_dash(""))
