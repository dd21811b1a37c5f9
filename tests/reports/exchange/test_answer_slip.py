"""上报回执: every report with its state, every remark with its place, and what the unit has to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.reports.form_reading import in_order, pages_of, text_of
from tests.reports.packages_shown import ANSWER

from jindu_desk.reports.exchange.answer_slip import DueLine, RemarkLine, ReportLine, answer_slip_pdf
from jindu_desk.reports.typesetting.fonts import FontSet


def test_all_parts_are_read_back_in_order(fonts: FontSet) -> None:
    parts = [
        "上报回执收件单位湖塘镇（320412100000）回执单位武进区禁毒委员会办公室",
        "回执编号第7号制作时间2026年11月3日9:05已连续收到到第4号缺少第5号变更记录链与前一次上报接不上签名保管人测试乙",
        "一、请这样办1.请重新递交第5号",
        "二、各次上报的处理编号月份版次状态理由认定人、日期",
        "12026年5月1已认可测试乙2026年11月3日",
        "22026年6月1已收到",
        "32026年7月1已退回与名册不符，请核对后重报。测试乙2026年11月3日",
        "42026年6月2未采用",
        "62026年8月1暂未计入",
        "三、退回意见序号上报类别位置意见",
        "1第3号2026年7月台账数字测试乙村在册社区戒毒人员相差2人。",
        "2第3号2026年7月会议7月例会缺派出所签到。",
        "四、已解锁的月份月份理由解锁时间2026年8月来函要求更正发放数2026年11月3日9:05",
        "五、作废的密钥密钥指纹理由作废时间NJqjI1ybC8yy4tcWMS0WNx4730JkgRQVwlfVNW1RE6g更换电脑2026年11月3日9:05",
        "六、尚未收到的上报月份应报日期备注2026年10月2026年11月5日",
        "经办人签字日期年月日签收人签字签收日期年月日",
    ]
    assert in_order(text_of(answer_slip_pdf(ANSWER, fonts)), parts) is None


def test_where_nothing_is_asked_nothing_is_said(fonts: FontSet) -> None:
    good = replace(
        ANSWER,
        first_missing=None,
        audit="continues",
        reports=(ReportLine(1, "2026-05", 1, "accepted"),),
        remarks=(),
        unlocked=(),
        revoked=(),
        reminders=(),
    )
    text = text_of(answer_slip_pdf(good, fonts))
    assert "请这样办" not in text
    assert "一、各次上报的处理" in text
    assert "二、" not in text
    assert "缺少无" in text


def test_each_thing_to_do_is_asked_for_what_is_there_only(fonts: FontSet) -> None:
    nothing = replace(
        ANSWER, first_missing=None, audit="", reports=(), remarks=(), unlocked=(), revoked=(), reminders=()
    )
    for change, told in (
        ({"first_missing": 3}, "请重新递交第3号"),
        ({"reports": (ReportLine(1, "2026-05", 1, "returned", "不符"),)}, "改正后再上报，并写明更正理由"),
        ({"audit": "broken"}, "请说明原因"),
        ({"revoked": ANSWER.revoked}, "重新办理密钥登记"),
        ({"unlocked": ANSWER.unlocked}, "已解锁的月份可以打开改正"),
        ({"reminders": ANSWER.reminders}, "请尽快上报"),
    ):
        text = text_of(answer_slip_pdf(replace(nothing, **change), fonts))
        assert told in text
        assert "1." in text
        assert "2." not in text


def test_a_unit_that_never_reported_is_told_so(fonts: FontSet) -> None:
    text = text_of(answer_slip_pdf(replace(ANSWER, highest=0, reports=()), fonts))
    assert "已连续收到还没有收到过上报" in text


def test_three_hundred_reports_remarks_and_months_are_all_there(fonts: FontSet) -> None:
    slip = replace(
        ANSWER,
        reports=tuple(ReportLine(n, "2026-05", 1, "returned", f"理由{n}。") for n in range(1, 301)),
        remarks=tuple(RemarkLine(n, "2026-05", "cell", f"测试{n}村", f"意见{n}。") for n in range(1, 301)),
        reminders=tuple(DueLine("2026-10", date(2026, 11, 5)) for _ in range(300)),
    )
    pages = pages_of(answer_slip_pdf(slip, fonts))
    text = "".join(pages)
    assert in_order(text, [f"已退回理由{n}。" for n in range(1, 301)]) is None
    assert in_order(text, [f"测试{n}村意见{n}。" for n in range(1, 301)]) is None
    assert text.count("2026年11月5日") == 300
    for header, row in (("编号月份版次状态理由", "已退回理由"), ("序号上报类别位置意见", "台账数字测试")):
        listed = [page for page in pages if row in page]
        assert len(listed) > 5
        assert all(header in page for page in listed)
