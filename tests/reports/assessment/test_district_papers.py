"""汇总表, 差额表, 检查考核表, 通报, 年度汇总 of one district, against figures added up by hand.

October: 薛家镇 has villages 甲 and 乙, 罗溪镇 the village 丙 alone; no other township reported.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
import python_calamine
from tests.conftest import Clock
from tests.reports.counted_months import add_villages, count_month, hold_meeting, send_back
from tests.reports.form_reading import in_order, text_of

from jindu_desk.app.desk import Desk
from jindu_desk.domain.decisions import Step
from jindu_desk.domain.meetings import DecisionState
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import shipped_unit_id
from jindu_desk.errors.papers import NothingToPrint
from jindu_desk.operations.settings import change_setting, change_settings
from jindu_desk.operations.totals import set_rate_targets
from jindu_desk.queries.protection import hiding_below
from jindu_desk.reports.assessment.bulletin_of import missing_in, proposed_text, text_key
from jindu_desk.reports.assessment.bulletin_paper import BulletinText
from jindu_desk.reports.edited_text import changed_lines, edited_text, memory_key, memory_of, stale_remarks
from jindu_desk.reports.papers import KINDS, Occasion, PaperKind, occasion_of
from jindu_desk.reports.protection_wording import LEGEND
from jindu_desk.reports.totals.totals_of import totals_at_hand, totals_paper
from jindu_desk.reports.typesetting.fonts import FontSet

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
XUEJIA, LUOXI, BENNIU = (shipped_unit_id(f"320411{town}000") for town in ("103", "104", "122"))


def kind(key: str) -> PaperKind:
    return next(kind for kind in KINDS if kind.key == key)


@pytest.fixture
def occasion(district: Desk, fonts: FontSet, clock: Clock) -> Occasion:
    """On 6 November 2026."""
    clock.advance(days=9)
    first, second = add_villages(district, XUEJIA, "测试甲村", "测试乙村")
    (alone,) = add_villages(district, LUOXI, "测试丙村")
    no_rehab = ("D01.K", "D02.K")  # a rate is of both kinds: what is blank is in neither sum
    before = {(first, "D01.J"): 4, (first, "D02.J"): 3, (second, "D01.J"): 6, (second, "D02.J"): 6}
    count_month(district, XUEJIA, SEPTEMBER, before | {(v, i): 0 for v in (first, second) for i in no_rehab})
    now = {
        (first, "D01.J"): 10,
        (first, "D02.J"): 9,
        (second, "D01.J"): 10,
        (second, "D02.J"): 10,
        (first, "A02b.J"): 5,
        (second, "A02b.J"): 4,
        (first, "I04"): 8,
        (second, "I04"): 7,
        (first, "I05"): 7,
        (second, "I05"): 7,
    }
    now |= {(village, item): 0 for village in (first, second) for item in no_rehab}
    count_month(district, XUEJIA, OCTOBER, now, revision=2)
    count_month(
        district,
        LUOXI,
        OCTOBER,
        {
            (alone, "D01.J"): 8,
            (alone, "D02.J"): 6,
            (alone, "A03f.J"): 3,
            (alone, "E02"): 2,
            (alone, "D01.K"): 0,
            (alone, "D02.K"): 0,
        },
        day=8,
    )
    set_rate_targets(district.store, district.unit.unit.id, Month(2026, 1), {"urine_test": 9000, "control": 9900})
    set_rate_targets(district.store, district.unit.unit.id, OCTOBER, {"urine_test": 9500})
    started = Step(date(2026, 10, 12), DecisionState.NOT_STARTED, date(2026, 10, 30))
    hold_meeting(district, XUEJIA, date(2026, 10, 12), started)
    closed = Step(date(2026, 9, 20), DecisionState.DONE, None, approved_by="测试甲")
    hold_meeting(district, XUEJIA, date(2026, 9, 14), Step(date(2026, 9, 14), DecisionState.NOT_STARTED), closed)
    hold_meeting(district, LUOXI, date(2026, 10, 15), signed=False)
    return occasion_of(district.store, district.unit, OCTOBER, fonts)


def test_the_exact_totals_and_the_protected_ones(occasion: Occasion) -> None:
    told = text_of(kind("totals").printed(occasion).content)
    assert "应汇总10个单位，已汇总2个；未计入：" in told
    assert "内部留存，不外传" in told
    assert "＊" not in told
    assert (
        in_order(
            told,
            [
                "尿检率",
                "薛家镇—0/0—0/095.00%19/20",
                "合计—0/0—0/089.29%25/28",
                "本年累计—0/0—0/089.47%34/38",
                "目标——95.00%",
            ],
        )
        is None
    )
    assert kind("totals").inside
    assert not kind("totals_protected").inside
    # 丙 is the only village that counts visits: whoever reads the total reads its 2
    found = totals_at_hand(occasion)
    paper = totals_paper(found, (), hiding_below(occasion.store, found.owner.id, OCTOBER))
    at = next(place for place, column in enumerate(paper.columns) if column.title.startswith("E02"))
    assert {line.name: line.figures[at] for line in paper.lines if line.name in ("罗溪镇", "合计")} == {
        "罗溪镇": "＊",
        "合计": "＊",
    }
    assert LEGEND in paper.notes


def test_what_does_not_add_up_is_listed(occasion: Occasion) -> None:
    told = text_of(kind("differences").printed(occasion).content)
    parts = [
        "社区戒毒各镇（街道）转入共9，转出共3，相差6。",
        "辖区内转入转出（社区戒毒）",
        "薛家镇9——",
        "罗溪镇—3—",
        "合计93+6",
        "与签名数据包不一致没有核对",
    ]
    assert in_order(told, parts) is None
    rows = _rows(kind("differences").workbook(occasion), "转入转出 社区戒毒")
    assert rows[2] == ["单位", "转入", "转出"]
    assert rows[-1] == ["合计", 9, 3]


def test_the_check_of_a_township_shows_its_facts_and_no_marks(occasion: Occasion) -> None:
    told = text_of(kind("assessment").printed(occasion).content)
    xuejia, luoxi = told.index("被检查单位薛家镇"), told.index("被检查单位罗溪镇")
    parts = [
        "依法报告率0/0——无数据",
        "尿检率19/2095.00%≥95.00%（2026年10月起）达到要求",
        "出所未满三年管控率14/1593.33%≥99.00%（2026年1月起）未达到要求",
        "应于2026年11月5日前上报，2026年11月3日收到，按时。",
        "没有退回，没有更正；现为第2版。",
        "2026年10月12日召开；纪要2026年10月12日签发。",
        "本月议定1项；未办结1项，其中逾期1项。",
        "没有本年预算的记录。",
        "最迟2026年11月7日通报",
        "责任制没有规定评分标准",
    ]
    assert in_order(told[xuejia:], parts) is None
    parts = ["尿检率6/875.00%≥95.00%（2026年10月起）未达到要求", "2026年11月8日收到，逾期3天。", "纪要尚未签发"]
    assert in_order(told[luoxi:], parts) is None
    assert in_order(told, ["三井街道", "尿检率——≥95.00%（2026年10月起）无数据", "尚未收到，已逾期1天"]) is None

    rows = _rows(kind("assessment").workbook(occasion), "检查考核")
    row = next(row for row in rows if row[0] == "罗溪镇")
    at = rows[2].index("尿检率")
    assert row[at : at + 5] == [0.75, 6, 8, 0.95, "未达到要求"]


def test_a_month_that_is_not_over_is_not_checked(occasion: Occasion, district: Desk, fonts: FontSet) -> None:
    for key in ("assessment", "bulletin"):
        with pytest.raises(NothingToPrint, match="2026年11月还没有结束"):
            kind(key).printed(occasion_of(district.store, district.unit, Month(2026, 11), fonts))


def test_the_bulletin_names_who_is_late_and_who_falls_short_and_hides_what_tells_a_village(occasion: Occasion) -> None:
    text = proposed_text(occasion)
    assert "10个镇（街道）中，按时上报2026年10月台账的1个，逾期上报的1个：罗溪镇，截至目前未上报的8个：" in text
    assert "召开月协调例会并签发纪要的1个。" in text
    assert "尿检应检28人次，实检25人次。" in text
    assert "尿检率：89.29%（25/28），要求不低于95.00%；未达到要求的1个：罗溪镇75.00%（6/8）；无数据的8个：" in text
    assert "议定事项逾期未办结的1个：薛家镇。" in text
    assert BulletinText.read(text).text == text
    printed = text_of(kind("bulletin").printed(occasion).content)
    assert (
        in_order(printed, ["新北区禁毒委员会办公室〔2026〕10号", "关于2026年10月", "2026年11月6日", "抄送：常州市"])
        is None
    )

    change_setting(occasion.store, text_key(OCTOBER), "标题：测试通报\n主送：各镇\n\n一、测试标题\n已经修改。")
    edited = text_of(kind("bulletin").printed(replace(occasion)).content)
    assert in_order(edited, ["测试通报各镇：一、测试标题已经修改。新北区禁毒委员会办公室2026年11月6日"]) is None
    assert "〔2026〕" not in edited


def test_an_edited_bulletin_is_stale_once_another_township_counts(occasion: Occasion, district: Desk) -> None:
    key, paper, store = text_key(OCTOBER), kind("bulletin"), occasion.store
    assert edited_text(paper, occasion) is None
    memory = memory_of(proposed_text(occasion), occasion.today)
    change_settings(store, {key: "编号：1号\n标题：测试通报\n主送：各镇\n\n尿检应检28人次。", memory_key(key): memory})
    edited = edited_text(paper, replace(occasion))
    assert edited is not None
    assert not edited.is_stale
    (village,) = add_villages(district, BENNIU, "测试丁村")
    count_month(district, BENNIU, OCTOBER, {(village, "L01"): 3})
    edited = edited_text(paper, replace(occasion))
    assert edited is not None
    assert edited.is_stale
    changed = [line for line in changed_lines(edited.known, edited.proposed) if "按时上报" in line.before]
    assert [("按时上报2026年10月台账的1个" in line.before, "台账的2个" in line.now) for line in changed] == [
        (True, True)
    ]
    (remark,) = stale_remarks([paper], replace(occasion))
    assert "“通报”的文字是按11月6日的数据改的" in remark
    change_settings(store, {memory_key(key): ""})  # a text of before that was remembered is compared with nothing
    assert list(stale_remarks([paper], replace(occasion))) == []
    assert missing_in("标题：测试通报\n正文", occasion.wording) == ("编号", "主送")


def test_the_year_adds_flows_up_and_takes_stocks_from_its_last_month(occasion: Occasion) -> None:
    told = text_of(kind("year_summary").printed(occasion).content)
    parts = [
        "台账数据到2026年10月",
        "薛家镇141222",
        "罗溪镇15△10",
        "合计2111",  # made, done, open, overdue
        "D01应检人次本年累计38038",  # 4 + 6 + 10 + 10 + 8
        "E02家访人次人次本年累计＊",
        "I04期末人数人期末存量15",
        "尿检率343889.47%95.00%未达到要求",
        "2026年9月9",
        "2026年10月8",
    ]
    assert in_order(told, parts) is None
    rows = _rows(kind("year_summary").workbook(occasion), "比率")
    assert next(row for row in rows if row[0] == "尿检率")[1:4] == [34, 38, pytest.approx(34 / 38)]


def test_every_paper_tells_a_month_that_was_sent_back_from_one_that_never_came(
    occasion: Occasion, clock: Clock
) -> None:
    """薛家镇 came in time and was returned on 6 November; the check is made a month later."""
    send_back(occasion.store, XUEJIA, OCTOBER, clock())
    clock.advance(days=30)
    today = replace(occasion, today=clock().date())

    told = text_of(kind("totals").printed(today).content)
    assert in_order(told, ["应汇总10个单位，已汇总1个；未计入：", "薛家镇（已于11月6日退回，待更正）"]) is None
    rows = _rows(kind("totals").workbook(today), "来源")
    assert "已退回，待更正：薛家镇（11月6日退回）" in str(rows[1][0])
    assert next(row for row in rows if row[0] == "薛家镇")[1] == "已于11月6日退回，待更正"

    told = text_of(kind("assessment").printed(today).content)
    sheet = told[told.index("被检查单位薛家镇") : told.index("被检查单位罗溪镇")]
    parts = [
        "尿检率——≥95.00%（2026年10月起）已退回",
        "2026年11月3日收到，按时。",  # a return does not make it late
        "退回1次，没有更正；已于11月6日退回，待更正。",
        "数据审核已退回，未计入。",
        "月协调例会已退回，未计入。",
        "本月议定的已退回，未计入；",
        "经费预算执行已退回，未计入。",
    ]
    assert in_order(sheet, parts) is None
    assert "没有本" not in sheet
    row = next(row for row in _rows(kind("assessment").workbook(today), "检查考核") if row[0] == "薛家镇")
    assert "已退回，未计入。" in row

    text = proposed_text(today)
    assert "召开月协调例会并签发纪要的0个；已退回，待更正，本月情况未计入的1个：薛家镇。" in text
    assert "按时上报2026年10月台账的1个" in text
    assert "无数据的8个：" in text
    assert "已退回，待更正的1个：薛家镇。" in text
    assert "薛家镇要按退回意见尽快更正后重新上报。" in text

    told = text_of(kind("year_summary").printed(today).content)
    assert in_order(told, ["2026年10月8", "薛家镇（已于11月6日退回，待更正）"]) is None

    told = text_of(kind("reminders").printed(today).content)
    assert (
        in_order(told, ["应报未报共", "；已退回，待更正的共1个单位、1份。", "薛家镇", "2026年10月已于11月6日"]) is None
    )
    rows = [row for row in _rows(kind("reminders").workbook(today), "催报清单") if row[1:3] == ["薛家镇", "2026年10月"]]
    assert [(row[4], row[6]) for row in rows] == [("—", "已于11月6日退回，待更正")]


def _rows(content: bytes, sheet: str) -> list[list[object]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [list(row) for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)]
