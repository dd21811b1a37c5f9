"""What stands beside and below the sheet follows it a moment later: a key itself is painted first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from jindu_desk.queries.tallies import HISTORY_MONTHS, MonthFigure, cell_history
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.tallies.cell_panel import CellPanel
from jindu_desk.ui.tallies.findings_panel import FindingsPanel
from jindu_desk.ui.tallies.month_work import MonthWork
from jindu_desk.ui.tallies.sheet_pane import SheetPane

_MOMENT = 30  # ms; not begun anew by the next key, so that they keep up while a key is held down
_RESTING = 120  # ms on one cell until its past is asked for


class Following(QObject):
    """``panel`` and ``findings`` are up to date for whoever reads them. ``panel_in_view()``: whether the panel is."""

    def __init__(
        self, shell: Shell, work: MonthWork, pane: SheetPane, panel_in_view: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._shell, self._work, self._pane, self._panel_in_view = shell, work, pane, panel_in_view
        self._panel, self._findings = CellPanel(), FindingsPanel()
        self._cell_due = self._findings_due = False
        self._block = ""
        self._late = QTimer(self, singleShot=True, interval=_MOMENT)
        self._late.timeout.connect(self.catch_up)
        self._rested = QTimer(self, singleShot=True, interval=_RESTING)
        self._rested.timeout.connect(self.ask_trend)

    @property
    def panel(self) -> CellPanel:
        self.catch_up()
        return self._panel

    @property
    def findings(self) -> FindingsPanel:
        self.catch_up()
        return self._findings

    def follow(self, *, findings: bool = False) -> None:
        """Another cell is current, or it changed; ``findings``: the checks say something else."""
        block = self._pane.tabs.block
        self._cell_due = True
        self._findings_due |= findings or (block is not None and block.code != self._block)
        if self._panel_in_view():
            self._rested.start()
        if not self._late.isActive():
            self._late.start()

    def catch_up(self) -> None:
        """Show now what is due."""
        self._late.stop()
        state, current, block = self._work.state, self._pane.current, self._pane.tabs.block
        if self._cell_due and state is not None and current is not None:
            self._cell_due = False
            self._panel.show_cell(state, *current)
        if self._findings_due and state is not None and block is not None:
            self._findings_due, self._block = False, block.code
            self._findings.show_state(state, block.code)

    def ask_trend(self) -> None:
        """Ask for the past of the current cell and show it when it comes."""
        current, state = self._pane.current, self._work.state
        if current is None or state is None:
            return
        unit_id, item = current
        store, month = self._shell.desk.store, state.found.month

        def show(figures: tuple[MonthFigure, ...]) -> None:
            if self._pane.current == current:
                self.panel.show_trend(figures, item.nature)

        months = HISTORY_MONTHS + 1  # also the same month of last year
        self._shell.tasks.run(lambda: cell_history(store, [unit_id], item.code, month, months), show)
