"""The shell that pages see, carried out by the main window and the tasks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from jindu_desk.domain.months import Month
from jindu_desk.errors import DeskError
from jindu_desk.ui.frame.context_bar import MonthState
from jindu_desk.ui.frame.main_window import PROGRAM, MainWindow
from jindu_desk.ui.frame.screen import C, Changed
from jindu_desk.ui.frame.window_memory import WindowMemory
from jindu_desk.ui.notices import NoticeKind
from jindu_desk.ui.tasks import Cancelled, Tasks, call_if_alive
from jindu_desk.ui.theme.theme import Theme

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

StateQuery = Callable[["Desk", Month], MonthState]
BUG_SENTENCE = (
    "这一步没有完成：程序内部出错，已记入日志。已输入的内容没有丢，可以再试一次；若再次出现，请把日志交给维护人员。"
)


class WindowShell(QObject):
    """Implements `Shell`. ``state_of`` is the query for the context bar; it runs on the worker thread."""

    def __init__(
        self,
        window: MainWindow,
        tasks: Tasks,
        *,
        desk: Desk,
        month: Month,
        state_of: StateQuery,
        memory: WindowMemory,
        theme: Theme,
        reopen: Callable[[Path | None], None],
        leave_demo: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window, self._tasks, self._desk = window, tasks, desk
        self._month, self._state_of, self._memory = month, state_of, memory
        self._theme, self._reopen, self._leave_demo = theme, reopen, leave_demo
        window.navigation.wanted.connect(self.go)
        window.context.picker.wanted.connect(self.choose_month)
        window.context.picker.show_month(month)

    @property
    def desk(self) -> Desk:
        return self._desk

    @property
    def tasks(self) -> Tasks:
        return self._tasks

    @property
    def month(self) -> Month:
        return self._month

    def notice(self, text: str, kind: NoticeKind = "info") -> None:
        self._window.foot.notices.show_notice(text, kind)

    def go(self, screen_key: str, **where: object) -> None:
        pages = self._window.pages
        if screen_key not in pages:
            return
        if screen_key != pages.current_key and not pages.may_leave():
            return
        pages.show_page(screen_key, self, where)
        self._window.navigation.mark(screen_key)

    def choose_month(self, month: Month) -> None:
        if month == self._month or not self._window.pages.may_leave():
            return
        self._month = month
        self._window.context.picker.show_month(month)
        self._window.pages.bring_up_to_date(month)
        self.show_state()

    def changed(self, changes: Changed) -> None:
        self._window.pages.mark_stale(changes.subjects)
        self._window.pages.bring_up_to_date(self._month)
        self.show_state()

    def carry_out(
        self,
        operation: Callable[[], C],
        *,
        said: str = "",
        then: Callable[[C], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        title: str = "",
    ) -> None:
        def done(changes: C) -> None:
            # The pages learn of the change even if the page that asked is gone meanwhile.
            self.changed(changes)
            if said:
                self.notice(said, "done")
            if then is not None:
                call_if_alive(then, changes)

        self._tasks.run(operation, done, failed, title=title)

    @property
    def theme(self) -> Theme:
        return self._theme

    def keep_theme(self) -> None:
        self._memory.keep_theme(self._theme.choice, self._theme.large_text)

    def reopen(self, folder: Path | None = None) -> None:
        self._reopen(folder)

    def leave_demo(self) -> None:
        self._leave_demo()

    def retire(self) -> None:
        """The folder is let go of: answer nothing any more."""
        self._window.navigation.wanted.disconnect(self.go)
        self._window.context.picker.wanted.disconnect(self.choose_month)
        self._window.context.show_state(MonthState())
        self.deleteLater()

    def layout(self, name: str) -> str:
        return self._memory.preferences.layout.get(name, "")

    def keep_layout(self, name: str, value: str) -> None:
        self._memory.keep(self._memory.preferences.with_layout(name, value))

    def ask(self, question: str, verb: str, *, danger: bool = False) -> bool:
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self._window)
        box.setWindowTitle(PROGRAM)
        box.setIcon(QMessageBox.Icon.Warning if danger else QMessageBox.Icon.Question)
        box.setText(question)
        go_on = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        box.exec()
        return box.clickedButton() is go_on

    def tell_failure(self, error: Exception) -> None:
        """The default place for failure."""
        if isinstance(error, DeskError):
            self.notice(str(error), "error")
        elif isinstance(error, Cancelled):
            self.notice("已取消。")
        else:
            self.notice(BUG_SENTENCE, "error")

    def show_state(self) -> None:
        """Ask for the context bar's words and show them when they come."""
        month = self._month

        def show(state: MonthState) -> None:
            if month == self._month:
                self._window.context.show_state(state)
                self._window.navigation.show_unit(self._desk.unit.unit.name)
                self._window.foot.show_last_backup(state.last_backup)

        self._tasks.run(lambda: self._state_of(self._desk, month), show)
