"""The panel of a package says each thing once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel
from tests.operations.exchange.test_receive import XUEJIA, Stream, enrol, receive

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.queries.exchange.details import package_details
from jindu_desk.ui.receive.package_panel import AUDIT_BROKEN, PackagePanel
from jindu_desk.ui.receive.rows import row_of_result

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from jindu_desk.app.desk import Desk


@pytest.mark.parametrize("judged", [None, ReceiptState.RETURNED], ids=["as it came", "returned since"])
def test_a_chain_that_breaks_off_is_said_once(
    qtbot: QtBot, look: QApplication, district: Desk, judged: ReceiptState | None
) -> None:
    del look
    enrol(district, XUEJIA)
    (result,) = receive(district, Stream().next())
    details = package_details(district.store, district.paths, result.received_id or "")
    row = row_of_result(result)
    panel = PackagePanel(replace(row, explanation=row.explanation + AUDIT_BROKEN, judged=judged))
    qtbot.addWidget(panel)
    panel.show_details(replace(details, audit_continues=False), ())
    assert sum(AUDIT_BROKEN in label.text() for label in panel.findChildren(QLabel)) == 1
