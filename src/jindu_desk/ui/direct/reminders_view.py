"""催报: which unit owes which month, and since when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from jindu_desk.queries.exchange.answers import ReminderRow
from jindu_desk.reports.arrival_wording import RETURNED
from jindu_desk.ui.direct.columns import reminder_columns
from jindu_desk.ui.direct.loading import Loaded
from jindu_desk.ui.empty_state import EmptyState
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.tables import RowsModel, rows_view
from jindu_desk.ui.theme.measures import GROUP


class RemindersView(QWidget):
    def __init__(self, to_receive: Callable[[], object]) -> None:
        super().__init__()
        self.model = RowsModel[ReminderRow](reminder_columns(date.min))
        self.view = rows_view(self.model, name="催报")
        self.said = QLabel()
        self.said.setProperty("role", "muted")
        self.said.setWordWrap(True)
        self._empty = EmptyState(
            "没有要催报的：到了应报日期还没有收到、或退回后还没有更正的月份会列在这里。",
            Action("去接收", to_receive, "inbox"),
            icon="bell",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self.said)
        column.addWidget(self.view, 1)
        column.addWidget(self._empty, 1)

    def show_loaded(self, loaded: Loaded) -> None:
        rows, today = loaded.reminders, loaded.directive.today
        self.model.columns = reminder_columns(today)
        self.model.show_rows(rows)
        units = len({row.unit.id for row in rows})
        returned = sum(row.returned_on is not None for row in rows)
        among = f"，其中 {returned} 个月{RETURNED}" if returned else ""
        self.said.setText(
            f"截至 {today}，{units} 个单位欠 {len(rows)} 个月{among}。"
            "写回执时自动告诉这些单位；打印的清单供电话催报时用。"
        )
        for widget in (self.view, self.said):
            widget.setVisible(bool(rows))
        self._empty.setVisible(not rows)
