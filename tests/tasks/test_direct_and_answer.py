"""A district switches a check off from next month, directs it, and answers two townships; the township follows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import Clock
from tests.operations.exchange.desks import introduce, receive
from tests.operations.exchange.months import MONTH, reported
from tests.ui.conftest import WindowForPages
from tests.ui.direct.desks import open_row, page_of, settled, with_vault

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.months import Month
from jindu_desk.queries.rules import rules

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

NOVEMBER = Month(2026, 11)


def switched_off(desk: Desk, month: Month) -> set[str]:
    return {check.code for check in rules(desk.store, month).checks.checks if check.off}


def test_what_a_district_sets_and_says_reaches_its_townships(
    make_desk: Callable[[str, str], Desk],
    window_for: Callable[[Desk], WindowForPages],
    tmp_path: Path,
    clock: Clock,
) -> None:
    district = with_vault(make_desk("district", "320411000000"))
    xuejia, menghe = make_desk("xuejia", "320411103000"), make_desk("menghe", "320411101000")
    stick = tmp_path / "stick"
    stick.mkdir()
    for township in (xuejia, menghe):
        introduce(district, township, stick)
        receive(district, reported(township, MONTH, stick).path)
    for file in stick.iterdir():
        file.unlink()
    clock.advance(hours=1)

    # The district's officer looks a check up, switches it off from next month, and sees that this is to be directed.
    office = window_for(district)
    page = page_of(office, "指令")
    page.directive.show_part("审核")
    open_row(page.directive.part("审核").view, 0, "S6")
    page.panel.button("停用").click()
    settled(office)
    told = page.directive.changes.lines
    assert "审核“在册无走访”（S6）停用（2026-11 起）。" in told
    assert len([line for line in told if line.startswith("新增")]) == 1  # the villages that the last report brought
    page.directive.bar.place.choose(stick)
    page.directive.bar.button.click()
    settled(office)
    (file,) = stick.iterdir()

    # 薛家镇 reads it: from November on the check is off there too, October stays as it was.
    (result,) = receive(xuejia, file)
    assert result.counted
    assert "（S6）停用" in result.explanation
    assert switched_off(xuejia, NOVEMBER) == {"S6"}
    assert switched_off(xuejia, MONTH) == set()

    # Both reported, so both are ticked; one press writes an answer for each, which only they can open.
    page.tabs.setCurrentIndex(0)
    assert {row.unit.name for row in page.answers.model.chosen} == {"薛家镇", "孟河镇"}
    page.answers.bar.place.choose(stick)
    page.answers.bar.button.click()
    settled(office)
    files = {file.name: file for file in stick.glob("*回执*")}
    assert sorted(files) == ["新北区-回执-孟河镇-1.jdpkg", "新北区-回执-薛家镇-1.jdpkg"]
    for township, name in ((xuejia, "新北区-回执-薛家镇-1.jdpkg"), (menghe, "新北区-回执-孟河镇-1.jdpkg")):
        (result,) = receive(township, files[name])
        assert (result.kind, result.counted) == (PackageKind.ANSWER, True)
        assert "2026-10 第 1 号已收到" in result.explanation
    assert page.answers.model.chosen == ()
