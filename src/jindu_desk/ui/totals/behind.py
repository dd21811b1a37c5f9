"""The side panel: the village cells behind a figure, and the signed package they came in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from jindu_desk.queries.protection import Hiding
from jindu_desk.queries.totals import Behind, CellBehind
from jindu_desk.reports.arrival_wording import uncounted_text
from jindu_desk.reports.protection_wording import HIDDEN
from jindu_desk.reports.wording import month_text
from jindu_desk.ui.cards import Card
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.tables import RowsModel, rows_view
from jindu_desk.ui.totals.columns import cell_columns


class BehindPanel(Card):
    """``open_package`` is called with the id of the received package."""

    def __init__(self, open_package: Callable[[str], object]) -> None:
        super().__init__("数据来源")
        self._open_package = open_package
        self._received = ""
        self.model: RowsModel[CellBehind] = RowsModel(cell_columns(Hiding()))
        self._view = rows_view(self.model, name="各村数据", compact=True)
        self._head = QLabel()
        self._head.setWordWrap(True)
        self._head.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._package = QLabel()
        self._package.setWordWrap(True)
        self._package.setProperty("role", "muted")
        self._package.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._to_package = button_for(Action("查看这个包", self._go, icon="file-check", role="link"))
        self.body.addWidget(self._head)
        self.body.addWidget(self._view, 1)
        self.body.addWidget(self._package)
        self.body.addWidget(self._to_package, alignment=Qt.AlignmentFlag.AlignLeft)
        self._view.hide()
        self._to_package.hide()
        self.setMinimumWidth(280)
        self.hide()  # until a figure was asked: the figures have the room

    def show_behind(self, behind: Behind, kinds: Mapping[str, str], hiding: Hiding) -> None:
        """``kinds``: the names of the item kinds, as the catalogue has them; ``hiding``: what is not shown."""
        item = behind.cells[0].item if behind.cells else None
        self.model.columns = cell_columns(hiding)
        self.model.show_rows(behind.cells)
        total = sum(cell.cell for cell in behind.cells if isinstance(cell.cell, int))
        kind = f"（{kinds[item.kind]}）" if item and item.kind else ""
        is_hidden = hiding.month.hides_total(cell.item.code for cell in behind.cells)
        name = f"{item.base} {item.name}{kind}：{HIDDEN if is_hidden else f'{total:,}'}" if item else "没有数据"
        self._head.setText(f"<b>{behind.township.name}</b>　{month_text(behind.month)}<br>{name}")
        self._view.show()
        self.show()
        package = behind.package
        if package is None:
            self._package.setText(_without_package(behind))
            self._to_package.hide()
            return
        self._received = package.received_id
        revision = f"，第 {package.revision} 次修订" if package.revision > 1 else ""
        self._package.setText(
            f"第 {package.number} 号包{revision}，{package.received_at:%Y-%m-%d %H:%M} 接收\n"
            f"{package.file_name}\n签名密钥 {package.signer}"
        )
        self._to_package.show()

    def _go(self) -> None:
        self._open_package(self._received)


def _without_package(behind: Behind) -> str:
    if behind.cells:
        return "本机录入，不经过上报包。"
    if behind.uncounted is not None:
        return f"这个单位本月的上报包{uncounted_text(behind.uncounted)}，没有计入汇总。"
    return "还没有收到这个单位本月的上报包。"
