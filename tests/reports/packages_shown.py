"""Papers of packages, filled in; every name of a person and every key is made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from jindu_desk.files import sha256_hex
from jindu_desk.packages.keys import PublicKey
from jindu_desk.reports.exchange.answer_slip import (
    AnswerSlip,
    DueLine,
    RemarkLine,
    ReportLine,
    RevocationLine,
    UnlockLine,
    answer_slip_printed,
)
from jindu_desk.reports.exchange.key_form import KeyForm, key_form_printed
from jindu_desk.reports.exchange.package_slip import PackageSlip, package_slip_printed
from jindu_desk.reports.exchange.reminders_paper import OwedMonth, OwingUnit, RemindersPaper, reminders_printed
from jindu_desk.reports.exchange.report_slip import ReportSlip, report_slip_printed
from jindu_desk.reports.tallies.findings_paper import FindingLine, FindingsPaper, findings_printed
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet

KEY: Final = PublicKey(bytes(range(3, 35)))
DISTRICT: Final = "武进区禁毒委员会办公室"
WHEN: Final = datetime(2026, 11, 3, 9, 5)

KEY_FORM: Final = KeyForm(
    unit="湖塘镇",
    unit_id="8c1f0c8e-3d5e-5a31-9a77-0f3c5e5cf2a1",
    unit_code="320412100000",
    superior=DISTRICT,
    keeper="测试甲",
    made_on=WHEN.date(),
    fingerprint=KEY.fingerprint,
    public_key=KEY.line,
    recipient="age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
)
PACKAGE: Final = PackageSlip(
    desk=DISTRICT,
    printed_on=date(2026, 11, 5),
    verdict="revision",
    kind="report",
    sentence="2026-10 的更正（第 2 版），查看差异并确认后才替换原数据。",
    sender="湖塘镇",
    sender_code="320412100000",
    keeper="测试甲",
    receiver=DISTRICT,
    period="2026-10",
    number=4,
    revision=2,
    reason="测试乙村多填 2 人。",
    created_at=WHEN,
    received_at=datetime(2026, 11, 5, 10, 30),
    remarks_title="变化",
    remarks=("测试乙村　尿检人数：36 → 34", "测试丙村　发放资料：1,250 → 1,200"),
    fingerprint=KEY.fingerprint,
    descriptor_sha256=sha256_hex(b"descriptor"),
    file_sha256=sha256_hex(b"file"),
    file_name="上报-湖塘镇-2026-10-4.jdpkg",
    encrypted=True,
    program="jindu-desk 0.3.0",
    rules="2026.1",
    audit="continues",
)
REPORT: Final = ReportSlip(
    sender="湖塘镇",
    sender_code="320412100000",
    keeper="测试甲",
    receiver=DISTRICT,
    period="2026-10",
    number=4,
    revision=2,
    reason="测试乙村多填 2 人。",
    sent_at=WHEN,
    file_name="上报-湖塘镇-2026-10-4.jdpkg",
    size=48213,
    file_sha256=sha256_hex(b"file"),
    descriptor_sha256=sha256_hex(b"descriptor"),
    fingerprint=KEY.fingerprint,
    encrypted=True,
)
ANSWER: Final = AnswerSlip(
    unit="湖塘镇",
    unit_code="320412100000",
    sender=DISTRICT,
    keeper="测试乙",
    number=7,
    made_at=WHEN,
    highest=4,
    first_missing=5,
    audit="broken",
    reports=(
        ReportLine(1, "2026-05", 1, "accepted", "", "测试乙", WHEN),
        ReportLine(2, "2026-06", 1, "received"),
        ReportLine(3, "2026-07", 1, "returned", "与名册不符，请核对后重报。", "测试乙", WHEN),
        ReportLine(4, "2026-06", 2, "kept_out"),
        ReportLine(6, "2026-08", 1, "waiting"),
    ),
    remarks=(
        RemarkLine(3, "2026-07", "cell", "测试乙村　在册社区戒毒人员", "相差 2 人。"),
        RemarkLine(3, "2026-07", "meeting", "7月例会", "缺派出所签到。"),
    ),
    unlocked=(UnlockLine("2026-08", "来函要求更正发放数", WHEN),),
    revoked=(RevocationLine(KEY.fingerprint, "更换电脑", WHEN),),
    reminders=(DueLine("2026-10", date(2026, 11, 5)),),
)
REMINDERS: Final = RemindersPaper(
    desk=DISTRICT,
    as_of=date(2026, 11, 25),
    units=(
        OwingUnit("湖塘镇", (OwedMonth("2026-10", date(2026, 11, 5)),), 9),
        OwingUnit("牛塘镇", (OwedMonth("2026-09", date(2026, 10, 5)), OwedMonth("2026-10", date(2026, 11, 5)))),
    ),
)


FINDINGS: Final = FindingsPaper(
    unit="湖塘镇",
    period="2026-10",
    printed_on=date(2026, 11, 2),
    lines=(
        FindingLine(
            "必须改正", "测试甲村", "H10", "帮扶与铲毒上限", "已就业 2，多于有就业能力 1。请核对。", weight="强制"
        ),
        FindingLine("请说明", "测试乙村", "S6", "在册无走访", "期末在册 3 人，谈话和家访为 0。请补填。", weight="核实"),
        FindingLine(
            "已说明",
            "测试丙村",
            "S9",
            "与往月不同",
            "“受众人次”本月 450，一般约 45。",
            "系本月集中普查",
            weight="核实",
            given_by="测试甲",
        ),
    ),
)


@dataclass(frozen=True)
class Kind:
    """A paper: how it is printed, filled in and with nothing in it."""

    name: str
    printed: Callable[[Any, FontSet], PrintedPaper]
    full: Any
    empty: Any


KINDS: Final = (
    Kind("密钥登记表", key_form_printed, KEY_FORM, KeyForm("")),
    Kind("数据包核验单", package_slip_printed, PACKAGE, PackageSlip("")),
    Kind("数据包上报单", report_slip_printed, REPORT, ReportSlip("")),
    Kind("上报回执", answer_slip_printed, ANSWER, AnswerSlip("")),
    Kind("催报清单", reminders_printed, REMINDERS, RemindersPaper("")),
    Kind("审核问题清单", findings_printed, FINDINGS, FindingsPaper("")),
)
