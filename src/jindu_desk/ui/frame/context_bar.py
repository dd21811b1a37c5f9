"""The bar on top: the month, what state it is in, and until when it is due."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from jindu_desk.domain.months import Month
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.month_picker import MonthPicker
from jindu_desk.ui.theme.measures import BETWEEN, GROUP
from jindu_desk.ui.theme.tokens import Kind


@dataclass(frozen=True, slots=True)
class MonthState:
    """What the bar says about a month: chips as (word, kind), and the deadline's sentence, if there is one.
    ``last_backup`` goes into the foot."""

    chips: tuple[tuple[str, Kind], ...] = ()
    deadline: str = ""
    deadline_kind: Kind = "plain"
    last_backup: str = ""


class ContextBar(QWidget):
    """Month picker left, chips and deadline right."""

    def __init__(self, month: Month, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("context_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.picker = MonthPicker(month)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(GROUP)
        self._shown: list[StateChip] = []
        self._state: MonthState | None = None
        self._deadline = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(BETWEEN, 6, BETWEEN, 6)
        row.setSpacing(BETWEEN)
        row.addWidget(self.picker)
        row.addStretch(1)
        row.addLayout(self._chips)
        row.addWidget(self._deadline)
        self.picker.setVisible(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Chips may be left out; the month may not."""
        return QSize(self.picker.sizeHint().width() + 2 * BETWEEN, super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Leave out chips, the first ones first, where they would be cut; the pages say the same in full."""
        room = self.width() - self.picker.sizeHint().width() - self._deadline.sizeHint().width() - 5 * BETWEEN
        for chip in reversed(self._shown):
            room -= chip.sizeHint().width() + GROUP
            chip.setVisible(room >= 0)

    def show_state(self, state: MonthState) -> None:
        if state == self._state:
            return  # asked for after every change, and nearly always the same: making it anew lays out the window
        self._state = state
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._shown = [StateChip(word, kind) for word, kind in state.chips]
        for chip in self._shown:
            self._chips.addWidget(chip)
        self._deadline.setText(state.deadline)
        self._deadline.setProperty("role", "muted" if state.deadline_kind == "plain" else state.deadline_kind)
        self._deadline.style().polish(self._deadline)
        self._fit()
