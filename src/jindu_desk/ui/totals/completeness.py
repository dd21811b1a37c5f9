"""完整情况: who sent what in the last twelve months, and how many reasons came with the month."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from jindu_desk.queries.exchange.given_reasons import GivenReason, given_reasons
from jindu_desk.queries.totals import Totals
from jindu_desk.queries.units import UnitRow
from jindu_desk.reports.wording import month_text
from jindu_desk.ui.cards import Card
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.tables import RowsModel, rows_view
from jindu_desk.ui.theme.measures import GROUP, row_height
from jindu_desk.ui.totals.columns import Line, arrival_columns, given_columns, legend, lines
from jindu_desk.ui.totals.lines_table import lines_table, open_rows, show_lines


class CompletenessTab(QWidget):
    """A unit's row opens to the reasons that came with its month; not in the protected view, which leaves them out."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._shown: Totals | None = None
        self._is_protected = False
        self.table = lines_table("近十二个月的完整情况")
        open_rows(self.table, self._open)
        self.panel = ReasonsPanel()
        self._hint = QLabel("在一行上按回车或双击，看它本月的核实说明。")
        self._hint.setProperty("role", "muted")
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hint.setToolTip(self._hint.text())
        head = QHBoxLayout()
        head.setSpacing(2 * GROUP)
        head.addWidget(QLabel(legend()))
        head.addWidget(self._hint, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)  # a reason is a sentence: it has the page's width
        splitter.addWidget(self.table)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setChildrenCollapsible(False)
        for part in (self.table, self.panel):  # they share what there is: the page does not grow
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            part.setMinimumHeight(5 * row_height(self.table, compact=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addLayout(head)
        column.addWidget(splitter, 1)

    def show_totals(self, totals: Totals, *, is_protected: bool) -> None:
        changed = self._shown is not None and self._shown is not totals
        if changed or is_protected != self._is_protected:
            self.panel.hide()  # it was about other rows
        self._shown, self._is_protected = totals, is_protected
        self._hint.setVisible(not is_protected)
        columns = arrival_columns(totals.months, totals, with_reasons=not is_protected)
        show_lines(self.table, columns, lines(totals)[:-1])
        self.table.horizontalScrollBar().setValue(self.table.horizontalScrollBar().maximum())

    def _open(self, at: QModelIndex) -> None:
        found, model = self._shown, self.table.model()
        if found is None or self._is_protected or not isinstance(model, RowsModel):
            return
        line: Line = model.row(at)
        unit, month, store = line.totals.unit, found.month, self._shell.desk.store

        def show(rows: tuple[GivenReason, ...]) -> None:
            if found is self._shown and not self._is_protected:
                self.panel.show_reasons(unit, month_text(month), rows)

        self._shell.tasks.run(lambda: given_reasons(store, unit.id, month), show)


class ReasonsPanel(Card):
    """The reasons of one unit's month, one a row."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("核实说明")
        self.model: RowsModel[GivenReason] = RowsModel(given_columns())
        self._view = rows_view(self.model, name="各条核实说明", compact=True)
        self._head = QLabel()
        self._head.setWordWrap(True)
        self.body.addWidget(self._head)
        self.body.addWidget(self._view, 1)
        self._view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.hide()  # until a row was asked: the months have the room

    def show_reasons(self, unit: UnitRow, month: str, rows: tuple[GivenReason, ...]) -> None:
        said = f"核实说明 {len(rows)} 处，说明最多的审核在前" if rows else "没有核实说明"
        self._head.setText(f"<b>{unit.name}</b>　{month}　{said}")
        self.model.columns = given_columns(with_township=any(row.township != unit.name for row in rows))
        self.model.show_rows(rows)
        self._view.setVisible(bool(rows))
        self.show()
