"""The protected month in place of the sheet, until the user goes back to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from jindu_desk.errors import DeskError
from jindu_desk.queries.tallies import TallySheet, sheet
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.tasks import Cancelled, Progress

if TYPE_CHECKING:
    from jindu_desk.domain.tallies.protection import Protection
    from jindu_desk.ui.tallies.protected_view import ProtectedView


class SheetProtected:
    """``changed()`` when the view came up or went; ``save()`` asks where to write it as a workbook."""

    def __init__(
        self, shell: Shell, stack: QStackedWidget, changed: Callable[[], object], save: Callable[[], object]
    ) -> None:
        self._shell, self._stack, self._changed, self._save = shell, stack, changed, save
        self.is_open = False

    @cached_property
    def view(self) -> ProtectedView:
        """Loaded and made when it is first wanted."""
        from jindu_desk.ui.tallies.protected_view import ProtectedView

        view = ProtectedView(self._save)
        view.left.connect(self.close)
        self._stack.addWidget(view)
        return view

    def open(self) -> None:
        self.is_open = True
        self.view.clear()
        self._stack.setCurrentWidget(self.view)
        self._changed()
        self.view.table.setFocus()
        self.load()

    def close(self) -> None:
        self.is_open = False
        self._changed()

    def load(self) -> None:
        """The figures or the month changed."""
        if not self.is_open:
            return
        store, township, month = self._shell.desk.store, self._shell.desk.unit.unit.id, self._shell.month

        def ask(progress: Progress) -> tuple[TallySheet, Protection]:
            from jindu_desk.queries.protection import hiding

            return sheet(store, township, month), hiding(store, township, month, progress.step).month

        self._shell.tasks.run(ask, self._show, self._failed, title="保护视图", progress=True, cancellable=True)

    def _show(self, found: tuple[TallySheet, Protection]) -> None:
        if found[0].month == self._shell.month:
            self.view.show_month(*found)

    def _failed(self, error: Exception) -> None:
        """What cannot be protected is not shown here at all."""
        if isinstance(error, DeskError | Cancelled):
            self._shell.notice(str(error) or "已取消。", "warning")
        if self.is_open:
            self.close()
