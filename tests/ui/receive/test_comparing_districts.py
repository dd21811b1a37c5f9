"""接收 at the city: a district's correction shows what changed inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QTableView
from tests.operations.city_desks import (
    NOVEMBER,
    OCTOBER,
    XINBEI,
    Desks,
    copies,
    corrected,
    employed,
    package_of,
    reported_twice,
    sent_up,
)
from tests.operations.exchange.desks import receive
from tests.ui.conftest import WindowForPages
from tests.ui.test_accessible_names import nameless

from jindu_desk.app.desk import Desk
from jindu_desk.operations.exchange.report import reopen_month
from jindu_desk.ui.receive.package_panel import PackagePanel
from jindu_desk.ui.receive.page import ReceivePage
from jindu_desk.ui.screens import SCREENS


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    root = tmp_path_factory.mktemp("reported")
    return root, reported_twice(root)


@pytest.fixture
def desks(base: tuple[Path, datetime], tmp_path: Path) -> Iterator[Desks]:
    with copies(*base, tmp_path / "desks") as found:
        yield found


def test_the_township_the_village_and_the_figure(desks: Desks, window_for: Callable[[Desk], WindowForPages]) -> None:
    receive(desks.city, sent_up(desks.district, desks.folder).path)
    _, _, figure = employed(desks.xuejia)
    reopen_month(desks.district.store, XINBEI.id, OCTOBER, by="测试甲", reason="薛家镇更正")
    receive(desks.district, package_of(desks, desks.xuejia, NOVEMBER))
    receive(desks.district, corrected(desks, desks.xuejia), accept_revisions=True)
    second = sent_up(desks.district, desks.folder, reason="", readable=True).path  # its key is in no keyring here
    office = window_for(desks.city)
    office.window.take_screens([spec for spec in SCREENS if spec.key == "receive"])
    office.window.show_pages()
    office.window.show()
    office.shell.go("receive")
    office.settle()
    page = office.window.findChild(ReceivePage)
    assert isinstance(page, ReceivePage)
    page.read([second])
    settled(office)
    page.lists.files_view.selectRow(0)
    settled(office)
    panel = page.panel.content
    assert isinstance(panel, PackagePanel)
    panel.button("查看差异并确认…").click()
    settled(office)
    texts = [label.text() for label in page.comparison.findChildren(QLabel)]
    assert "里面有 1 个镇（街道）的报表不同" in texts
    (said,) = [text for text in texts if text.startswith("薛家镇：换成了另一份")]
    assert "理由：核对后更正；台账 1 格不同" in said
    (view,) = [view for view in page.comparison.findChildren(QTableView) if view.accessibleName() == "逐格差异"]
    cells = [view.model().index(0, place).data() for place in range(7)]
    assert cells[0] == "薛家镇"
    assert cells[1] not in ("", "薛家镇", None)
    assert cells[4:] == [str(figure), str(figure + 1), "+1"]
    assert list(nameless(page)) == []
    page.comparison.button("采用更正").click()
    settled(office)
    assert isinstance(page.panel.content, PackagePanel)
    assert page.panel.content.headline.words == "更正已采用"


def settled(office: WindowForPages) -> None:
    for _ in range(4):
        office.settle()
