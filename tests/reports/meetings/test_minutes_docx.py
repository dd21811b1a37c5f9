"""The minutes as .docx: the layout in the file itself, and the same pages as the PDF when LibreOffice opens it."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from PIL import Image
from tests.reports.meetings.test_minutes import text_of
from tests.reports.naughty import filled
from tests.reports.pdf_reading import MM, Page, Placed, pages_of, said

from jindu_desk.domain.months import Month
from jindu_desk.paths import resource
from jindu_desk.reports.assessment.bulletin_docx import bulletin_docx
from jindu_desk.reports.assessment.bulletin_paper import BulletinPaper, BulletinText, bulletin_printed
from jindu_desk.reports.meetings.minutes import minutes_pdf
from jindu_desk.reports.meetings.minutes_docx import minutes_docx
from jindu_desk.reports.meetings.minutes_paper import AgendaLine, Attendee, DecisionLine, FollowUpLine, MinutesPaper
from jindu_desk.reports.meetings.notice import NoticePaper, notice_printed
from jindu_desk.reports.meetings.notice_docx import notice_docx
from jindu_desk.reports.typesetting.annex import Annex, AnnexPicture, AnnexTable, AnnexText, TableColumn
from jindu_desk.reports.typesetting.fonts import FontFile, FontSet, Role

NEAR = 2.0  # mm
STANDARD = {"title.ttf": "方正小标宋简体", "serif.ttf": "仿宋_GB2312", "kai.ttf": "楷体_GB2312", "hei.ttf": "黑体"}


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def all_text(document: Document) -> str:
    """Body and tables in their order, without blanks."""
    texts = document.element.body.iter(qn("w:t"))
    return re.sub(r"\s", "", "".join(text.text or "" for text in texts))


def test_it_says_what_the_pdf_says_in_the_same_order(minutes: MinutesPaper, fonts: FontSet) -> None:
    assert all_text(opened(minutes_docx(minutes, fonts))) == text_of(minutes_pdf(minutes, fonts))


def test_same_rows_give_the_same_bytes(minutes: MinutesPaper, fonts: FontSet) -> None:
    first = minutes_docx(minutes, fonts)
    assert minutes_docx(minutes, FontSet({})) == first
    assert minutes_docx(replace(minutes, place="别处"), fonts) != first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "vba" in name.lower() or "thumbnail" in name]


def test_page_and_grid_are_the_standard_s(minutes: MinutesPaper, fonts: FontSet) -> None:
    document = opened(minutes_docx(minutes, fonts))
    (section,) = document.sections
    page = section.page_width, section.page_height
    margins = section.top_margin, section.left_margin, section.right_margin, section.bottom_margin
    assert [round(length.mm, 1) for length in (*page, *margins) if length] == [210, 297, 37, 28, 26, 35]
    (grid,) = document.element.body.iter(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    pitch = int(grid.get(qn("w:linePitch"))) / 20
    across = 16 + int(grid.get(qn("w:charSpace"))) / 4096
    assert 22 * pitch <= 225 * MM < 23 * pitch
    assert 28 * across <= 156 * MM + 0.1 < 29 * across
    normal = document.styles["Normal"]
    assert normal.paragraph_format.line_spacing.pt == pitch
    assert {document.settings.odd_and_even_pages_header_footer} == {True}
    feet = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert [(foot.alignment, foot.text) for foot in feet] == [(2, "—  —"), (0, "—  —")]
    assert all(foot._p.xpath("w:fldSimple[contains(@w:instr, 'PAGE')]") for foot in feet)


def test_styles_are_word_s_own_and_headings_lead_through_it(minutes: MinutesPaper, fonts: FontSet) -> None:
    document = opened(minutes_docx(minutes, fonts))
    by_style: dict[str, list[str]] = {}
    for paragraph in document.paragraphs:
        by_style.setdefault(paragraph.style.name if paragraph.style else "", []).append(paragraph.text)
    assert by_style["Title"] == ["测试镇2026年10月\n禁毒工作月协调例会纪要"]
    assert [text[:2] for text in by_style["Heading 1"]] == ["一、", "二、", "三、", "四、"]
    assert by_style["Heading 2"] == ["（一）关于帮扶工作", "（二）关于冬季宣传"]
    run_in = next(p for p in document.paragraphs if p.text.startswith("（二）办理"))
    assert [(run.text[:4], run.style.name) for run in run_in.runs] == [
        ("（二）办", "标题 2 字符"),
        ("牵头单位", "Default Paragraph Font"),
    ]
    people = next(p for p in document.paragraphs if p.text.startswith("出席："))
    style = people.style.paragraph_format if people.style else people.paragraph_format
    assert style.left_indent is not None
    assert style.left_indent.pt == pytest.approx(5 * 15.79, abs=0.1)
    assert style.first_line_indent is not None
    assert style.first_line_indent.pt == pytest.approx(-3 * 15.79, abs=0.1)


def test_breaking_language_and_colophon(minutes: MinutesPaper, fonts: FontSet) -> None:
    document = opened(minutes_docx(minutes, fonts))
    normal = document.styles["Normal"].element
    for on in ("w:kinsoku", "w:overflowPunct"):
        (switch,) = normal.iter(qn(on))
        assert switch.get(qn("w:val"), "1") == "1"
    said = document.core_properties
    assert (said.title, said.author, said.language) == (minutes.title, minutes.issuer, "zh-CN")
    (table,) = document.tables
    (place,) = table._tbl.iter(qn("w:tblpPr"))
    assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")
    rules = {rule.tag: rule.get(qn("w:sz")) for rule in table._tbl.tblPr.xpath("w:tblBorders/*")}
    assert rules == {qn("w:top"): "8", qn("w:bottom"): "8", qn("w:insideH"): "6"}
    assert "草稿" not in all_text(document)
    draft = opened(minutes_docx(replace(minutes, draft=True), fonts)).sections[0]
    assert all(head.paragraphs[0].text.startswith("草稿") for head in (draft.header, draft.even_page_header))


def test_it_names_the_pc_s_fonts_or_the_standard_s_never_the_bundled_ones(minutes: MinutesPaper) -> None:
    here = FontSet({Role.BODY: FontFile("方正仿宋_GBK", resource("fonts", "serif.ttf"))})
    with zipfile.ZipFile(io.BytesIO(minutes_docx(minutes, here))) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "Jindu" not in content
    named = set(re.findall(r'w:(?:ascii|eastAsia|hAnsi)="([^"]+)"', content)) - {"zh-CN"}
    assert named == {"方正仿宋_GBK", "方正小标宋简体", "楷体_GB2312", "黑体", "宋体"}


def test_annexes_have_tables_whose_heading_comes_again_and_pictures_with_words(
    minutes: MinutesPaper, fonts: FontSet
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (400, 300), "navy").save(picture, "PNG")
    columns = (TableColumn("村"), TableColumn("期初", "人数"), TableColumn("期末", "人数"), TableColumn("备注"))
    annexes = (
        Annex("台账", (AnnexTable(columns, (("测试甲村", "3", "4", "\x00"),), "（一）人数"), AnnexText("注：全部。"))),
        Annex("图片", (AnnexPicture("会场", picture.getvalue()), AnnexPicture("坏的", b"no picture"))),
    )
    document = opened(minutes_docx(replace(minutes, annexes=annexes), fonts))
    first = next(p for p in document.paragraphs if p.text == "附件1")
    assert first.style is not None
    assert first.style.paragraph_format.page_break_before
    table = document.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["村", "人数", "人数", "备注"],
        ["村", "期初", "期末", "备注"],
        ["测试甲村", "3", "4", ""],
    ]
    assert [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows] == [True, True, False]
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == ["会场"]
    assert "“坏的”不能印出" in all_text(document)
    (colophon,) = document.tables[1:]
    assert colophon.rows[0].cells[0].text.startswith("抄送：")


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(paper=filled(MinutesPaper))
def test_no_content_makes_it_fail(paper: MinutesPaper, fonts: FontSet) -> None:
    assert len(opened(minutes_docx(paper, fonts)).sections) == 1


def test_long_content_stands_whole(fonts: FontSet) -> None:
    people = tuple(Attendee(f"测试{n}", f"测试第{n}村主任") for n in range(500))
    text = "长" * 10_000
    written = all_text(opened(minutes_docx(MinutesPaper("纪要", opening=text, present=people, title="👩‍👧"), fonts)))
    assert text in written
    assert "测试第499村主任测试499" in written
    assert "出席" not in all_text(opened(minutes_docx(MinutesPaper("纪要"), fonts)))


@dataclass(frozen=True)
class Opened:
    """The same paper by LibreOffice from the .docx, and as our PDF."""

    word: list[Page]
    pdf: list[Page]


def _natural() -> dict[str, MinutesPaper]:
    """Minutes of one page and of four, in sentences as offices write them."""
    short = MinutesPaper(
        mark="测试镇会议纪要",
        number="第10期",
        title="测试镇2026年10月禁毒工作月协调例会纪要",
        opening="十月二十八日下午，镇党委召开禁毒工作月协调例会，听取各村工作情况，研究下一步安排。",
        present=(Attendee("测试甲", "镇党委"), Attendee("测试乙", "镇政府"), Attendee("测试丙", "派出所")),
        copies_to=("测试区禁毒委员会办公室", "各村（居）民委员会"),
        printed_by="测试镇党政办公室",
        printed_on=date(2026, 11, 3),
    )
    said = (
        "会议听取了各村十月份工作情况的汇报，认为全镇禁毒形势总体平稳，但仍有少数村走访不到位、台账不及时。"
        "会议要求，各村要把走访帮扶放在第一位，村干部每月至少上门一次，了解就业、就医和家庭情况，有困难及时上报。"
    )
    return {
        "one": short,
        "four": replace(
            short,
            issuer="测试镇禁毒工作领导小组办公室",
            issued_on=date(2026, 11, 3),
            held="2026年10月28日 14:30—16:10",
            place="镇政府三楼会议室",
            convenor="测试甲",
            follow_ups=(FollowUpLine("完成秋季踏查", "已办结", "9月例会第1项", "镇派出所", note="共踏查十二次"),),
            agenda=tuple(AgendaLine(f"关于第{n}项工作", f"{said}\n{said}") for n in "一二三四"),
            decisions=tuple(
                DecisionLine(f"办理第{n}件实事", "镇禁毒办", ("派出所", "司法所"), "测试丁") for n in "一二三四"
            ),
            signed_by="测试甲",
            signed_on=date(2026, 10, 29),
        ),
    }


def _letters(fonts: FontSet) -> dict[str, tuple[bytes, bytes]]:
    """A notice and a bulletin, in Word and as PDF."""
    notice = NoticePaper(
        "测试镇例会", Month(2026, 10), "测试镇禁毒工作领导小组", "各村（居）民委员会", issued_on=date(2026, 10, 28)
    )
    body = "一、总体情况\n各镇（街道）总体平稳，台账都已经上报。\n二、工作要求\n（一）按时召开例会\n1. 做到每月一次。"
    said = BulletinText(
        "〔2026〕9号", "关于禁毒工作检查考核情况的通报", "各镇人民政府", "区委办公室、区政府办公室", body
    )
    bulletin = BulletinPaper("测试区禁毒委员会办公室", said, "测试区禁毒委员会办公室", "2026年10月8日")
    return {
        "notice": (notice_docx(notice, fonts), notice_printed(notice, fonts).content),
        "bulletin": (bulletin_docx(bulletin, fonts), bulletin_printed(bulletin, fonts).content),
    }


def opened_in_libreoffice(soffice: str, papers: Mapping[str, tuple[bytes, bytes]], folder: Path) -> dict[str, Opened]:
    for name, (word, _) in papers.items():
        (folder / f"{name}.docx").write_bytes(word)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    environment = {**os.environ, "FONTCONFIG_FILE": str(_same_fonts(folder))}

    def converted(before: str, after: str) -> None:
        files = [str(folder / f"{name}.{before}") for name in papers]
        command = [soffice, profile, "--headless", "--convert-to", after, "--outdir", str(folder), *files]
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)

    converted("docx", "fodt")
    for name in papers:
        # That no space is wanted between ideographs and digits (w:autoSpaceDN) is what LibreOffice 7.4 does not read.
        kept = (folder / f"{name}.fodt").read_text(encoding="utf-8")
        plain = kept.replace('style:text-autospace="ideograph-alpha"', 'style:text-autospace="none"')
        (folder / f"{name}.fodt").write_text(plain, encoding="utf-8")
    converted("fodt", "pdf")
    return {
        name: Opened(pages_of((folder / f"{name}.pdf").read_bytes()), pages_of(pdf))
        for name, (_, pdf) in papers.items()
    }


def _same_fonts(folder: Path) -> Path:
    """A fontconfig file by which the standard's families are the program's own files."""
    names = "".join(
        f'<match target="scan"><test name="file" compare="contains"><string>{file}</string></test>'
        f'<edit name="family" mode="assign"><string>{family}</string></edit></match>'
        for file, family in STANDARD.items()
    )
    names = names.replace("<string>仿宋_GB2312</string>", "<string>仿宋_GB2312</string><string>宋体</string>")
    target = folder / "fonts.conf"
    target.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{resource("fonts")}</dir>'
        f"<cachedir>{folder / 'cache'}</cachedir>{names}</fontconfig>",
        encoding="utf-8",
    )
    return target


def page_text(page: Page) -> str:
    return re.sub(r"\s", "", "".join(map(said, page.lines)))


def beginning(pages: Sequence[Page], text: str) -> Placed:
    """The first character of the first line that begins with ``text``."""
    return next(line[0] for page in pages for line in page.lines if said(line).startswith(text))


def test_libreoffice_shows_the_same_pages(fonts: FontSet, tmp_path: Path) -> None:
    """One test for all papers: each start of LibreOffice takes more than a second."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not here (Debian's libreoffice-writer-nogui)")
    minutes = {name: (minutes_docx(each, fonts), minutes_pdf(each, fonts)) for name, each in _natural().items()}
    pairs = opened_in_libreoffice(soffice, minutes | _letters(fonts), tmp_path)
    assert [len(pair.pdf) for pair in pairs.values()] == [1, 4, 2, 1]
    for name, pair in pairs.items():
        assert list(map(page_text, pair.word)) == list(map(page_text, pair.pdf))
        for text in _PLACES.get(name, _PLACES["one"]):
            word, pdf = beginning(pair.word, text), beginning(pair.pdf, text)
            assert word.x == pytest.approx(pdf.x, abs=NEAR), text
            assert word.y == pytest.approx(pdf.y, abs=NEAR), text
        upper = 1 if name == "notice" else 0
        for page, rule in ((upper, 0), (-1, -1)):  # the red one or the slip's, the lower edge of the 版记 or red again
            assert pair.word[page].rules[rule].y == pytest.approx(pair.pdf[page].rules[rule].y, abs=NEAR)
        for word_page, pdf_page in zip(pair.word[name == "bulletin" :], pair.pdf, strict=False):
            number, wanted = beginning([word_page], "—"), beginning([pdf_page], "—")
            assert (number.x, number.y) == pytest.approx((wanted.x, wanted.y), abs=NEAR)


# Beginnings of lines that stand where the PDF has them.
_PLACES: Final = {
    "one": ("测试镇会议", "测试镇2026年", "十月二十八日", "测试镇党政办公室"),
    "notice": (
        "关于召开",
        "各村",
        "三、参会人员",
        "附件：",
        "测试镇禁毒",
        "2026年10月28日",
        "参会回执",
        "单位（盖章）",
    ),
    "bulletin": ("测试区禁毒", "〔2026〕", "关于禁毒", "各镇人民政府：", "二、工作要求", "2026年10月8日", "抄送："),
}
