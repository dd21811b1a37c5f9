"""汇总表: a block that needs several tables is numbered once."""

from __future__ import annotations

import re

from tests.reports.form_reading import document_of, pages_of

from jindu_desk.reports.totals.totals_paper import TotalsColumn, TotalsLine, TotalsPaper, totals_printed
from jindu_desk.reports.typesetting.fonts import FontSet


def test_a_block_over_several_tables_goes_on_under_its_number(fonts: FontSet) -> None:
    blocks = ["A 甲类"] * 50 + ["B 乙类"] * 3 + ["C 丙类"] * 30
    columns = tuple(TotalsColumn(block, f"项{number}") for number, block in enumerate(blocks))
    lines = tuple(TotalsLine(f"测试{name}镇", ("1",) * len(columns), ("50.00%",)) for name in "甲乙")
    paper = TotalsPaper("测试区", "2026年10月", "汇总表", (), columns, lines, ("尿检率",))
    content = totals_printed(paper, fonts).content
    headings = re.findall(r"[一二三四五六七]、[^单]+(?=单位)", "".join(pages_of(content)))
    assert headings == [
        "一、A甲类",
        "一、A甲类（续）",
        "二、A甲类（续）、B乙类",
        "三、C丙类",
        "三、C丙类（续）",
        "四、比率",
    ]
    outline = [entry.get_title().replace(" ", "") for entry in document_of(content).get_toc()]
    assert outline == [heading for heading in headings if not heading.startswith(("一、A甲类（", "三、C丙类（"))]
