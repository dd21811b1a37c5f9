"""The list of meetings, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jindu_desk.domain.months import Month
from jindu_desk.queries.meetings import MeetingRow
from jindu_desk.ui.meetings.columns import MEETING_COLUMNS, NARROW_HIDES
from jindu_desk.ui.meetings.editors import StillCombo
from jindu_desk.ui.tables import RowsModel, rows_view, select_same


class MeetingList(QWidget):
    """``chosen(month)`` when the user goes to another line."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.model: RowsModel[MeetingRow] = RowsModel(MEETING_COLUMNS)
        self.view = rows_view(self.model, name="例会列表", sortable=False)
        self.view.selectionModel().currentRowChanged.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.fold(narrow=False)

    def show_rows(self, rows: Sequence[MeetingRow], month: Month) -> None:
        """Other rows, with the line of ``month`` selected if there is one."""
        with QSignalBlocker(self.view.selectionModel()):
            self.model.show_rows(rows)
            if not select_same(self.view, self.model, lambda row: row.month, month):
                self.view.clearSelection()

    def fold(self, *, narrow: bool) -> None:
        """Month and state only, where there is little room."""
        for column in NARROW_HIDES:
            self.view.setColumnHidden(column, narrow)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("汉") * (13 if narrow else 23))

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.model.row(current).month)


class UnitPicker(StillCombo):
    """Whose meetings are shown: the own unit's, or those that a unit below reported. Hidden where there are none."""

    wanted = Signal(str)

    def __init__(self, own: str) -> None:
        super().__init__()
        self._own = own
        self.setAccessibleName("查看哪个单位的例会")
        self.setToolTip("查看哪个单位的例会")
        self.setMinimumContentsLength(8)
        self.hide()
        self.activated.connect(lambda at: self.wanted.emit(str(self.itemData(at))))

    def show_units(self, units: Sequence[tuple[str, str]], current: str) -> None:
        with QSignalBlocker(self):
            self.clear()
            self.addItem("本单位", self._own)
            for unit_id, name in units:
                self.addItem(name, unit_id)
            self.setCurrentIndex(max(0, self.findData(current)))
        self.setVisible(bool(units))
