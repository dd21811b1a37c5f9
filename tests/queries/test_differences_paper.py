"""差额表 of a district whose packages can be looked into: a figure altered behind its back, a month corrected."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import text
from tests.operations.city_desks import NOVEMBER, OCTOBER, Desks, confirm, corrected, employed, package_of
from tests.operations.exchange.desks import receive
from tests.queries.test_integrity_districts import ALTERED_CELL
from tests.reports.form_reading import in_order, text_of

from jindu_desk.queries.integrity_figures import received_differences
from jindu_desk.reports.papers import occasion_of
from jindu_desk.reports.totals.differences_of import printed
from jindu_desk.reports.typesetting.fonts import font_set


def test_what_was_altered_and_what_was_corrected(desks: Desks) -> None:
    district = desks.district
    occasion = occasion_of(district.store, district.unit, OCTOBER, font_set(bundled_only=True), district.paths)
    told = text_of(printed(occasion).content)
    assert in_order(told, ["与其签名的数据包逐条一致", "本月均为第1版，没有更正"]) is None

    _, _, figure = employed(desks.luoxi)
    receive(district, package_of(desks, desks.luoxi, NOVEMBER))
    (result,) = receive(district, corrected(desks, desks.luoxi))
    confirm(district, result)
    with district.store.engine.begin() as connection:
        connection.execute(text(ALTERED_CELL))
    told = text_of(printed(replace(occasion)).content)  # an occasion reads once
    assert (
        in_order(told, ["单位类别第一处不一致的记录", "薛家镇台账数字", "罗溪镇第2版。", f"已就业{figure}{figure + 1}"])
        is None
    )
    assert [each.unit for each in received_differences(district.store, district.paths, OCTOBER)] == ["薛家镇"]
    assert received_differences(district.store, district.paths, NOVEMBER) == ()
