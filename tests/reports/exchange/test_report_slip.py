"""上报单: what is on the stick, in groups that can be compared, and who handed it to whom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.reports.form_reading import characters_of, in_order, text_of
from tests.reports.packages_shown import KEY, REPORT

from jindu_desk.files import sha256_hex
from jindu_desk.packages.keys import fingerprint_groups
from jindu_desk.reports.exchange.report_slip import report_slip_pdf, report_slip_printed
from jindu_desk.reports.typesetting.fonts import FontSet


def test_all_parts_are_read_back_in_order(fonts: FontSet) -> None:
    parts = [
        "数据包上报单上报单位湖塘镇单位代码320412100000收件单位武进区禁毒委员会办公室签名保管人测试甲",
        "月份2026年10月编号第4号版次更正，第2版写出时间2026年11月3日9:05更正理由测试乙村多填2人。",
        "一、文件文件名上报-湖塘镇-2026-10-4.jdpkg大小48,213字节加密已加密，只有收件单位能打开",
        f"文件SHA-256{sha256_hex(b'file')}说明文件SHA-256{sha256_hex(b'descriptor')}",
        f"密钥指纹{''.join(fingerprint_groups(KEY.fingerprint))}",
        "二、交接交接方式□U盘□邮件□其他介质编号送交人签字送交日期年月日接收人签字接收日期年月日备注",
    ]
    assert in_order(text_of(report_slip_pdf(REPORT, fonts)), parts) is None


def test_hashes_and_fingerprint_stand_in_groups_of_four(fonts: FontSet) -> None:
    import pypdfium2  # type: ignore[import-untyped]  # it has no stubs

    page = pypdfium2.PdfDocument(report_slip_pdf(REPORT, fonts))[0]
    lines = [line.strip() for line in page.get_textpage().get_text_range().splitlines()]
    digest = sha256_hex(b"file")
    for start in (0, 32):
        groups = " ".join(digest[at : at + 4] for at in range(start, start + 32, 4))
        assert any(line.endswith(groups) for line in lines)
    groups = " ".join(fingerprint_groups(KEY.fingerprint)[:8])
    assert any(line.endswith(groups) for line in lines)


def test_figures_to_compare_are_larger_than_the_text(fonts: FontSet) -> None:
    sizes = {c.size for c in characters_of(report_slip_pdf(REPORT, fonts))[0] if c.character in "0123456789abcdef"}
    assert max(sizes) == pytest.approx(13, abs=0.1)


def test_a_first_report_has_no_reason(fonts: FontSet) -> None:
    printed = report_slip_printed(replace(REPORT, revision=1, reason=""), fonts)
    text = text_of(printed.content)
    assert "版次首次上报" in text
    assert "更正理由" not in text
    assert printed.pages == 1


def test_an_open_file_says_that_anyone_can_read_it(fonts: FontSet) -> None:
    assert "加密未加密，拿到文件的人都能读" in text_of(report_slip_pdf(replace(REPORT, encrypted=False), fonts))
