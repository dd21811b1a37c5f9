"""The month's figures, large: the unit's totals as a paper may show them, never a village's."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from jindu_desk.ui.meetings.mode.holding import Holding
from jindu_desk.ui.meetings.mode.large_type import make_larger
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.measures import BETWEEN, GROUP

_BESIDE = 3


class FigurePanel(QWidget):
    def __init__(self, holding: Holding) -> None:
        super().__init__()
        self._holding = holding
        self._large: list[QLabel] = []
        figures = holding.rows.figures
        grid = QGridLayout()
        grid.setSpacing(BETWEEN)
        for number, each in enumerate(figures):
            grid.addWidget(self._tile(each.label, each.shown), number // _BESIDE, number % _BESIDE)
        self.told = QLabel(self._words())
        self.told.setProperty("role", "muted" if figures or not holding.rows.no_figures else "wrong")
        self.told.setWordWrap(True)
        self.take = button_for(Action("列入纪要", self._take, icon="check", tip="把这些数据写进纪要"))
        self.take.setVisible(bool(figures))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addLayout(grid)
        column.addWidget(self.told)
        column.addWidget(self.take, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        if figures:
            self.setFocusProxy(self.take)

    def _words(self) -> str:
        rows = self._holding.rows
        if rows.figures:
            return f"{rows.whole.month.number}月合计数，人数不足 3 的不显示；各村（社区）的数据不上屏。"
        return f"本月数据不能上屏：{rows.no_figures}" if rows.no_figures else "台账还没有本月数据。"

    def enlarge(self, factor: float) -> None:
        """Its texts grow by themselves."""

    def _tile(self, label: str, shown: str) -> QFrame:
        tile = QFrame()
        tile.setProperty("role", "card")
        tile.setAccessibleName(f"{label} {shown}")
        name, figure = QLabel(label), make_larger(QLabel(shown), "figure")
        name.setProperty("role", "muted")
        name.setWordWrap(True)
        self._large.append(figure)
        column = QVBoxLayout(tile)
        column.addWidget(name)
        column.addWidget(figure)
        return tile

    def _take(self) -> None:
        self._holding.change(figures=self._holding.rows.figures)
        self._holding.told.emit("已列入纪要的“本月数据”。", False)
