"""What the board of decisions shows: by state, by unit, only what is overdue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from jindu_desk.domain.decisions import is_open
from jindu_desk.domain.meetings import DecisionState
from jindu_desk.queries.decisions import DecisionRow
from jindu_desk.ui.fields import word_for
from jindu_desk.ui.meetings.editors import StillCombo
from jindu_desk.ui.meetings.words import DECISION
from jindu_desk.ui.theme.measures import GROUP

OPEN, ALL = "open", "all"


class BoardFilter(QWidget):
    """``changed()`` when something else is to be shown."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        states = [("未办结的", OPEN), *((DECISION[state][0], state.value) for state in DecisionState), ("全部", ALL)]
        self.state = StillCombo([(word, value) for word, value in states])
        self.state.setMinimumContentsLength(6)
        self.unit = StillCombo()
        self.unit.setMinimumContentsLength(9)
        self.overdue = QCheckBox("只看逾期(&O)")
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # gives way first
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GROUP)
        for box, word in ((self.state, "状态(&T)"), (self.unit, "牵头单位(&U)")):
            row.addWidget(word_for(box, word))
            row.addWidget(box)
            box.currentIndexChanged.connect(self.changed)
        row.addWidget(self.overdue)
        row.addWidget(self.count, 1)
        self.overdue.toggled.connect(self.changed)

    def take_units(self, rows: Sequence[DecisionRow]) -> None:
        """The units that lead some decision; the chosen one stays chosen."""
        names = sorted({row.lead_unit for row in rows if row.lead_unit})
        chosen = self.unit.currentData() or ""
        with QSignalBlocker(self.unit):
            self.unit.clear()
            self.unit.addItem("全部单位", "")
            for name in names:
                self.unit.addItem(name, name)
            self.unit.setCurrentIndex(max(0, self.unit.findData(chosen)))

    def narrowed(self, rows: Sequence[DecisionRow]) -> tuple[DecisionRow, ...]:
        """What is to be shown: open ones by deadline, then closed ones, the newest first."""
        shown = [row for row in rows if self._takes(row)]
        still = [row for row in shown if is_open(row.state)]
        closed = [row for row in shown if not is_open(row.state)]
        still.sort(key=lambda row: (row.deadline or date.max, row.decided_on, row.number))
        closed.sort(key=lambda row: (row.last.on, row.number), reverse=True)
        overdue = sum(row.overdue(self._today) for row in still)
        self.count.setText(f"{len(shown)} 项" + (f"，逾期 {overdue} 项" if overdue else ""))
        self.count.setToolTip(self.count.text())
        return (*still, *closed)

    def clear(self) -> None:
        """Show everything: a decision was asked for that may be closed."""
        with QSignalBlocker(self.state), QSignalBlocker(self.unit), QSignalBlocker(self.overdue):
            self.state.setCurrentIndex(self.state.findData(ALL))
            self.unit.setCurrentIndex(0)
            self.overdue.setChecked(False)
        self.changed.emit()

    @property
    def words(self) -> str:
        """What is shown, as the paper says it."""
        parts = [self.state.currentText(), self.unit.currentText() if self.unit.currentData() else ""]
        return "、".join(filter(None, (*parts, "逾期" if self.overdue.isChecked() else "")))

    def _takes(self, row: DecisionRow) -> bool:
        wanted, unit = self.state.currentData(), self.unit.currentData()
        of_state = wanted == ALL or (is_open(row.state) if wanted == OPEN else row.state.value == wanted)
        of_unit = not unit or row.lead_unit == unit
        return of_state and of_unit and (not self.overdue.isChecked() or row.overdue(self._today))
