"""The minutes' content: everything is there in reading order, nothing makes them fail, same rows give same bytes."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no stubs
import pytest
from hypothesis import HealthCheck, given, settings
from tests.reports.naughty import filled

from jindu_desk.reports.meetings.minutes import minutes_pdf, minutes_printed
from jindu_desk.reports.meetings.minutes_paper import AgendaLine, Attendee, DecisionLine, MinutesPaper
from jindu_desk.reports.typesetting.annex import Annex
from jindu_desk.reports.typesetting.fonts import FontSet


def text_of(content: bytes) -> str:
    """All text in drawing order, without blanks, line ends and page numbers."""
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_range() for page in document]
    return "".join(re.sub(r"\s", "", re.sub(r"—\s*\d+\s*—\s*$", "", page.rstrip())) for page in pages)


def test_all_parts_are_read_back_in_order(minutes: MinutesPaper, fonts: FontSet) -> None:
    text = text_of(minutes_pdf(minutes, fonts))
    parts = [
        "测试镇禁毒工作月协调例会纪要〔2026〕10号测试镇禁毒工作领导小组办公室2026年11月3日",
        "测试镇2026年10月禁毒工作月协调例会纪要",
        "时间：2026年10月28日14:30—16:10地点：镇政府三楼会议室召集人：测试甲主持人：测试乙记录人：测试丙",
        re.sub(r"\s", "", minutes.opening),
        "一、上次会议议定事项落实情况（一）完成秋季踏查。（9月例会第1项，牵头单位：派出所，"
        "完成时限：2026年10月20日）已办结。共踏查12次。",
        "二、本月禁毒工作情况尿检率100.00%（36/36），发放资料1,250份。",
        "三、会议研究情况（一）关于帮扶工作" + minutes.agenda[0].said.replace("\n", ""),
        "（二）关于冬季宣传" + minutes.agenda[1].said,
        "四、会议议定事项（一）办理第1件实事。牵头单位：镇禁毒办；配合单位：派出所、司法所；责任人：测试丁；"
        "完成时限：2026年11月1日；办结标准：材料齐全。",
        "（四）办理第4件实事。",
        "出席：测试甲村村民委员会主任测试甲、测试乙村村民委员会主任测试乙、",
        "请假：测试寅村民委员会主任测试寅",
        "列席：派出所副所长测试卯（代测试辰）",
        "签发：测试甲2026年10月29日",
        "抄送：测试区禁毒委员会办公室，镇党委、人大、政府各领导，各村（居）民委员会，派出所、司法所、卫生院。",
        "测试镇禁毒工作领导小组办公室2026年11月3日印发",
    ]
    place = 0
    for part in parts:
        found = text.find(part, place)
        assert found >= 0, part
        place = found + len(part)
    assert place == len(text)
    assert "缺席" not in text


def test_same_rows_give_the_same_bytes(minutes: MinutesPaper, fonts: FontSet) -> None:
    first = minutes_pdf(minutes, fonts)
    minutes_pdf(MinutesPaper(mark="另一份"), fonts)
    assert minutes_pdf(minutes, FontSet({})) == first
    assert minutes_pdf(replace(minutes, place="别处"), fonts) != first


def test_every_font_is_an_embedded_subset(minutes: MinutesPaper, fonts: FontSet) -> None:
    content = minutes_pdf(minutes, fonts)
    assert b"Helvetica" not in content
    named = set(re.findall(rb"/BaseFont /(\S+)", content))
    assert named
    assert all(re.fullmatch(rb"[A-Z]{6}\+Jindu\w+", name) for name in named)
    assert content.count(b"/FontFile2 ") == content.count(b"/Type /FontDescriptor")


def test_the_file_says_what_it_is(minutes: MinutesPaper, fonts: FontSet) -> None:
    content = minutes_pdf(minutes, fonts)
    document = pypdfium2.PdfDocument(content)
    told = document.get_metadata_dict()
    assert told["Title"] == minutes.title
    assert told["Author"] == minutes.issuer
    assert b"/Lang (zh-CN)" in content
    assert [mark.get_title() for mark in document.get_toc()] == [
        "一、上次会议议定事项落实情况",
        "二、本月禁毒工作情况",
        "三、会议研究情况",
        "四、会议议定事项",
    ]


def test_annexes_stand_in_the_outline(fonts: FontSet) -> None:
    paper = MinutesPaper("测试纪要", annexes=(Annex("测试台账"), Annex("测试图片")))
    document = pypdfium2.PdfDocument(minutes_pdf(paper, fonts))
    assert [mark.get_title() for mark in document.get_toc()] == ["附件1 测试台账", "附件2 测试图片"]
    assert len(document) == 3


def test_outside_programs_agree(minutes: MinutesPaper, fonts: FontSet, tmp_path: Path) -> None:
    """qpdf finds nothing wrong and pdftotext reads the text, where they are installed."""
    file = tmp_path / "minutes.pdf"
    file.write_bytes(minutes_pdf(replace(minutes, opening="测试䶮𠮷"), fonts))
    if qpdf := shutil.which("qpdf"):
        assert subprocess.run([qpdf, "--check", str(file)], check=False, capture_output=True).returncode == 0
    if pdftotext := shutil.which("pdftotext"):
        read = subprocess.run([pdftotext, str(file), "-"], check=True, capture_output=True).stdout.decode()
        assert "一、上次会议议定事项落实情况\n（一）完成秋季踏查。" in read
        assert "测试䶮𠮷" in read
    if not (qpdf or pdftotext):
        pytest.skip("neither qpdf nor pdftotext is installed")


def test_a_character_that_no_font_has_is_boxed_and_told(fonts: FontSet) -> None:
    printed = minutes_printed(MinutesPaper(mark="测试", opening="甲😀乙שלום"), fonts)
    assert printed.missing == ("😀", "ש", "ל", "ו", "ם")
    assert "甲□乙□□□□" in text_of(printed.content)


def test_empty_minutes_are_one_page(fonts: FontSet) -> None:
    printed = minutes_printed(MinutesPaper(mark=""), fonts)
    assert printed.pages == 1
    assert text_of(printed.content) == ""


def test_a_correction_names_its_version_and_reason(fonts: FontSet) -> None:
    text = text_of(minutes_pdf(MinutesPaper(mark="测试", version=2, correction_reason="更正地点"), fonts))
    assert "（本纪要为第2版，此前各版作废。更正原因：更正地点。）" in text


LONG = "会议研究了冬季禁毒宣传工作，要求进村、进校、进企业。" * 400
CROWD = tuple(Attendee(f"测试{n}", f"第{n}单位") for n in range(500))


@pytest.mark.parametrize(
    ("change", "last"),
    [
        (lambda m: replace(m, agenda=(AgendaLine("长", LONG),)), LONG[-20:]),
        (lambda m: replace(m, agenda=(AgendaLine(LONG, ""),)), LONG[-20:]),
        (lambda m: replace(m, present=CROWD), "第499单位测试499"),
        (lambda m: replace(m, present=(), excused=(), observers=()), "签发：测试甲"),
        (
            lambda m: replace(m, decisions=(DecisionLine("办理", "镇禁毒办"),) * 200),
            "（二百）办理。牵头单位：镇禁毒办。",
        ),
        (lambda m: replace(m, copies_to=("测试单位",) * 2000), "测试单位，测试单位。"),
        (lambda m: replace(m, mark="禁毒" * 100, title="纪要" * 600, issuer="单位" * 300), "签发：测试甲"),
        (lambda m: replace(m, number="期" * 200, printed_by="单位" * 300, held="x" * 3000), "单位" * 10),
    ],
    ids=["10000 said", "10000 title", "500 people", "nobody", "200 decisions", "2000 copies", "heads", "feet"],
)
def test_no_amount_is_too_much(
    change: Callable[[MinutesPaper], MinutesPaper], last: str, minutes: MinutesPaper, fonts: FontSet
) -> None:
    assert last in text_of(minutes_pdf(change(minutes), fonts))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(paper=filled(MinutesPaper))
def test_no_content_makes_it_fail(paper: MinutesPaper, fonts: FontSet) -> None:
    printed = minutes_printed(paper, fonts)
    assert len(pypdfium2.PdfDocument(printed.content)) == printed.pages
