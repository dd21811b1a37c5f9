"""How a decision went: every step with its day, state, meeting, deadline and who approved it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jindu_desk.domain.months import Month
from jindu_desk.queries.decisions import StepRow
from jindu_desk.ui.meetings.words import DECISION
from jindu_desk.ui.month_picker import month_text
from jindu_desk.ui.tables import Column, RowsModel, rows_view
from jindu_desk.ui.theme.measures import row_height

_LINES = 4  # in sight at once; the others are scrolled to


class HistoryList(QWidget):
    """The newest step first. ``meeting_wanted(Month)`` when the meeting of a step is to be shown."""

    meeting_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.model: RowsModel[StepRow] = RowsModel(
            (
                Column("日期", lambda row: str(row.step.on)),
                Column("状态", lambda row: DECISION[row.step.state][0], kind=lambda row: DECISION[row.step.state][1]),
                Column("例会", lambda row: f"{month_text(Month.parse(row.month))}例会" if row.month else "会后"),
                Column("时限", lambda row: str(row.step.deadline or "—")),
                Column("批准人", lambda row: row.step.approved_by or "—"),
                Column("说明", _note, tooltip=_note, width=-1),
            )
        )
        self.view = rows_view(self.model, name="以往进展", sortable=False, compact=True)
        self.view.setToolTip("回车打开那次例会")
        self.view.activated.connect(lambda index: self._go(self.model.row(index)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.view)

    def show_steps(self, steps: Sequence[StepRow]) -> None:
        self.model.show_rows(tuple(reversed(steps)))
        lines = min(len(steps), _LINES)
        head = self.view.horizontalHeader().sizeHint().height()
        self.view.setFixedHeight(head + lines * row_height(self.view, compact=True) + 2 * self.view.frameWidth() + 2)

    def _go(self, row: StepRow) -> None:
        if row.month:
            self.meeting_wanted.emit(Month.parse(row.month))


def _note(row: StepRow) -> str:
    first = "议定" if row.position == 1 else ""
    return row.step.note or first or "—"
