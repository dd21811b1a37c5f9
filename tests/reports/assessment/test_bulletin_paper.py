"""通报 measured against GB/T 9704-2012, 10.1, the letter layout."""

from __future__ import annotations

import pytest
from tests.reports.pdf_reading import pages_of, said

from jindu_desk.reports.assessment.bulletin_paper import BulletinPaper, BulletinText, bulletin_printed
from jindu_desk.reports.typesetting.fonts import FontSet

NEAR = 0.5  # mm
POINT = 25.4 / 72
RED = (230, 0, 18)
BODY = "现将情况通报如下：\n一、总体情况\n" + "各镇（街道）按时上报。" * 90
SAID = BulletinText("〔2026〕10号", "关于测试情况的通报", "各镇", "测试市禁毒办，测试局", BODY)
PAPER = BulletinPaper("测试区禁毒委员会办公室", SAID, "测试区禁毒委员会办公室", "2026年11月3日")


def test_mark_rules_number_and_page_numbers_stand_where_the_standard_has_them(fonts: FontSet) -> None:
    content = bulletin_printed(PAPER, fonts).content
    first, second, last = pages_of(content)
    thick, thin, lower_thin, lower_thick = first.rules
    for rule in first.rules:
        assert rule.left == pytest.approx(20, abs=NEAR)
        assert rule.right == pytest.approx(190, abs=NEAR)
        assert rule.colour == RED
    assert thick.thickness > thin.thickness
    assert lower_thick.thickness > lower_thin.thickness
    assert lower_thick.y + lower_thick.thickness / 2 == pytest.approx(277, abs=NEAR)
    mark = next(line for line in first.lines if line[0].colour == RED)
    assert said(mark) == PAPER.mark
    assert min(each.ink[1] for each in mark) == pytest.approx(30, abs=NEAR)
    square = mark[0].y + 0.12 * mark[0].size * POINT  # the lower edge of the characters' square
    assert thick.y - thick.thickness / 2 - square == pytest.approx(4, abs=NEAR)
    number = next(line for line in first.lines if said(line) == SAID.number)
    assert number[-1].x + number[-1].size * POINT == pytest.approx(28 + 156, abs=NEAR)
    em = 16 * POINT
    top = number[0].y - 0.88 * em
    assert top - (thin.y + thin.thickness / 2) == pytest.approx(em * 7 / 8, abs=NEAR)
    title = next(line for line in first.lines if said(line) == SAID.title)
    assert title[0].y - number[0].y > 2 * 225 / 22
    assert first.lines[-1][0].y < 262  # no number on the first page
    assert [said(page.lines[-1]) for page in (second, last)] == ["— 2 —", "— 3 —"]
    assert not last.rules  # 版记 without rules, printing office and date
    assert said(last.lines[-2]) == "抄送：测试市禁毒办，测试局。"
    assert last.lines[-2][0].y == pytest.approx(262 - 3, abs=2)


def test_what_is_typed_is_read_whatever_is_missing_or_doubled() -> None:
    text = "标题： 甲 \n\n主送：乙\n标题：丙\n编号：丁"
    assert BulletinText.read(text) == BulletinText("", "甲", "乙", "", "标题：丙\n编号：丁")
    assert BulletinText.read("") == BulletinText()
    assert BulletinText.read("没有标题的正文") == BulletinText(body="没有标题的正文")
