"""Notice and bulletin as .docx: what the PDF says in the same order, whatever is in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reports.meetings.test_minutes import text_of
from tests.reports.meetings.test_minutes_docx import all_text, opened
from tests.reports.naughty import filled

from jindu_desk.domain.months import Month
from jindu_desk.reports.assessment.bulletin_docx import bulletin_docx
from jindu_desk.reports.assessment.bulletin_paper import BulletinPaper, BulletinText, bulletin_printed
from jindu_desk.reports.meetings.notice import NoticePaper, notice_printed
from jindu_desk.reports.meetings.notice_docx import notice_docx
from jindu_desk.reports.typesetting.fonts import FontSet

NOTICE = NoticePaper(
    "测试镇2026年10月例会",
    Month(2026, 10),
    "测试镇禁毒办",
    "各村民委员会",
    members="测试一村、测试二村主任",
    agenda=("通报10月份禁毒工作情况",),
    issued_on=date(2026, 10, 28),
)
BULLETIN = BulletinPaper(
    "测试区禁毒委员会办公室",
    BulletinText("〔2026〕9号", "关于检查考核情况的通报", "各镇人民政府", "区委办公室", "一、情况\n（一）甲\n平稳。"),
    "测试区禁毒委员会办公室",
    "2026年10月8日",
)
Docx = Callable[[Any, FontSet], bytes]


def test_a_notice_says_what_its_pdf_says_with_the_slip(fonts: FontSet) -> None:
    document = opened(notice_docx(NOTICE, fonts))
    assert all_text(document) == text_of(notice_printed(NOTICE, fonts).content)
    slip = document.tables[0]
    widths = [[int(width.get(qn("w:w"))) for width in line._tr.iter(qn("w:tcW"))] for line in slip.rows]
    assert {round(sum(each) / 20 / 72 * 25.4) for each in widths} == {156}
    headings = [each.text for each in document.paragraphs if each.style is not None and each.style.name == "Heading 1"]
    assert headings == ["三、参会人员", "四、会议议程", "五、有关要求"]


def test_a_bulletin_says_what_its_pdf_says_and_bears_its_mark_outside_the_text(fonts: FontSet) -> None:
    document = opened(bulletin_docx(BULLETIN, fonts))
    (section,) = document.sections
    assert section.different_first_page_header_footer
    mark = "".join(each.text for each in section.first_page_header.paragraphs)
    assert mark + all_text(document) == text_of(bulletin_printed(BULLETIN, fonts).content)
    drawn = [
        [border.get(qn("w:sz")) for border in part._element.iter(qn("w:bottom"))]
        for part in (section.first_page_header, section.first_page_footer)
    ]
    assert drawn == [["18", "7"], ["7", "18"]]
    assert not [each.text for each in section.first_page_footer.paragraphs if each.text]


@pytest.mark.parametrize(("docx_of", "paper"), [(notice_docx, NOTICE), (bulletin_docx, BULLETIN)])
def test_same_rows_give_the_same_bytes(docx_of: Docx, paper: object, fonts: FontSet) -> None:
    assert docx_of(paper, fonts) == docx_of(paper, FontSet({}))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(paper=st.one_of(filled(NoticePaper), filled(BulletinPaper)))
def test_no_content_makes_it_fail(paper: NoticePaper | BulletinPaper, fonts: FontSet) -> None:
    made = notice_docx(paper, fonts) if isinstance(paper, NoticePaper) else bulletin_docx(paper, fonts)
    assert len(opened(made).sections) == 1
