"""From the painted frame to data: opens the folder on the worker, then shows the guide, the pages, or why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from jindu_desk.domain.months import Month
from jindu_desk.errors import DeskError
from jindu_desk.paths import FolderPaths
from jindu_desk.ui.first_paint import FirstPaint
from jindu_desk.ui.frame.main_window import MainWindow
from jindu_desk.ui.frame.message_page import MessagePage
from jindu_desk.ui.frame.window_memory import WindowMemory
from jindu_desk.ui.frame.window_shell import BUG_SENTENCE, WindowShell
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.screens import SCREENS
from jindu_desk.ui.tasks import Tasks
from jindu_desk.ui.theme.theme import Theme

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

_TIER, _UNIT = "window.tier", "window.unit"
CHINESE_FONT = "window.chinese_font"


class Opening(QObject):
    """Holds what is open for as long as the window stands. ``shell`` is None until pages can be shown."""

    def __init__(
        self, window: MainWindow, theme: Theme, memory: WindowMemory, data_dir: Path, *, ahead: bool = False
    ) -> None:
        super().__init__(window)
        self._makes_ready = ahead
        self.window, self._theme, self._memory, self._folder = window, theme, memory, data_dir
        self._first_folder = data_dir
        self.tasks = Tasks(self)
        self.tasks.started.connect(window.foot.show_job)
        self.tasks.failed.connect(self._tell_failure)
        self.desk: Desk | None = None
        self.shell: WindowShell | None = None
        self._decline_passphrase: Callable[[], None] | None = None
        self._seen_on_leaving: str | None = None
        window.navigation.wanted.connect(self._go_later)
        self._wanted = ""
        self._where: dict[str, object] = {}
        memory.write_through = self.tasks.run
        theme.resized.connect(self._build_pages_again)
        self._show_last_known()

    def start(self) -> None:
        """Open the folder; what happens next depends on what is found there. Called after the first paint."""
        self.window.navigation.follow_theme()
        if (seen := self._show_last_seen()) is not None:
            FirstPaint(seen, self._open)  # loading the store holds the interpreter
        else:
            self._open()

    def _open(self) -> None:
        folder = self._folder

        def open_folder() -> tuple[Desk, Month]:
            from jindu_desk.app.desk import Desk
            from jindu_desk.queries.overview import month_at_hand

            desk = Desk.open(folder, create=True)
            return desk, month_at_hand(desk.store, desk.own)

        self.tasks.run(open_folder, self._opened, self._refused)

    def reopen(self, folder: Path | None) -> None:
        """Let go of the folder and open it, or another one, anew."""
        self._folder = folder or self._folder
        self.window.show_whole(MessagePage("正在打开…"))
        self.window.pages.take_screens(())
        self._let_go(backup=False)
        self.start()

    def leave_demo(self) -> None:
        """Back from the example to the folder the program was started with, or else to this user's own."""
        if self._folder == self._first_folder:
            from jindu_desk.paths import default_data_dir

            self._first_folder = default_data_dir()
        self.reopen(self._first_folder)

    def close(self) -> None:
        """The window has gone: back up, let go of the folder, end the worker."""
        if self._decline_passphrase is not None:
            self._decline_passphrase()
        self.tasks.cancel_all()
        self._let_go(backup=True)
        self.tasks.finish()
        self._memory.write_through = lambda write: write()
        if self._seen_on_leaving is not None:
            from jindu_desk.ui.desk.seen import LAST_SEEN

            self._memory.keep(self._memory.preferences.with_layout(LAST_SEEN, self._seen_on_leaving))

    def _let_go(self, *, backup: bool) -> None:
        if self.shell is not None:
            self.shell.retire()
            self.shell = None
        if self.desk is not None:
            desk, self.desk = self.desk, None
            from jindu_desk.ui.desk.seen import LAST_SEEN, last_seen, restamped, stamp_of

            remembered = self._memory.preferences.layout.get(LAST_SEEN, "")

            def let_go() -> str:
                is_fresh = last_seen(remembered, desk.paths) is not None
                desk.close(backup=backup)
                return restamped(remembered, stamp_of(desk.paths)) if is_fresh else ""

            self.tasks.run(let_go, self._left)

    def _left(self, seen: str) -> None:
        self._seen_on_leaving = seen

    def _show_last_seen(self) -> QWidget | None:
        """The desk as it was, until the folder is open; see `desk/seen.py`."""
        if self._folder != self._first_folder or not self._memory.preferences.layout:
            return None
        from jindu_desk.ui.desk.seen import LAST_SEEN, last_seen

        seen = last_seen(self._memory.preferences.layout.get(LAST_SEEN, ""), FolderPaths(self._folder))
        if seen is None:
            return None
        from jindu_desk.ui.desk.board import DeskBoard

        board = DeskBoard(seen, self._go_later)
        self.window.show_whole(board)
        return board

    def _go_later(self, screen_key: str, **where: object) -> None:
        """The user was faster than the folder: go there when it is open."""
        self._wanted, self._where = screen_key, where

    def _show_last_known(self) -> None:
        """The navigation as it was the last time, so that the frame stands still when the data arrives."""
        layout = self._memory.preferences.layout
        if tier := layout.get(_TIER):
            self.window.navigation.show_screens([spec for spec in SCREENS if tier in spec.tiers], icons=False)
            self.window.navigation.show_unit(layout.get(_UNIT, ""))
        self.window.show_whole(MessagePage("正在打开…"))

    def _opened(self, found: tuple[Desk, Month]) -> None:
        from jindu_desk.ui.passphrase import PassphraseAsker

        self.desk, month = found
        asker = PassphraseAsker(self.window, self.desk.paths.keys)
        self.desk.ask_passphrase = asker
        self._decline_passphrase = asker.decline
        if self.desk.own is None:
            self._guide(self.desk)
        else:
            self._show_pages(self.desk, month)

    def _guide(self, desk: Desk) -> None:
        from jindu_desk.ui.first_start.page import FirstStart

        self.window.navigation.show_screens(())
        guide = FirstStart(desk, self.tasks, open_demo=self.reopen)
        guide.finished.connect(lambda: self.reopen(None))
        self.window.show_whole(guide, bare=True)

    def _show_pages(self, desk: Desk, month: Month) -> None:
        from jindu_desk.ui.month_state import month_state

        own = desk.unit
        screens = [spec for spec in SCREENS if own.unit.tier.value in spec.tiers]
        self.window.take_screens(screens)
        self.window.navigation.show_unit(own.unit.name)
        if self._folder == self._first_folder:
            self._memory.keep(
                self._memory.preferences.with_layout(_TIER, own.unit.tier.value)
                .with_layout(_UNIT, own.unit.name)
                .with_layout(CHINESE_FONT, self._theme.chinese_font)
            )
        self.shell = WindowShell(
            self.window,
            self.tasks,
            desk=desk,
            month=month,
            state_of=month_state,
            memory=self._memory,
            theme=self._theme,
            reopen=self.reopen,
            leave_demo=self.leave_demo,
        )
        self.window.show_pages()
        if self._wanted in self.window.pages:
            self.shell.go(self._wanted, **self._where)
        else:
            self.shell.go(screens[0].key)
        self.window.navigation.setFocus()  # not the next that happens to stand there once the guide is gone
        self._wanted = ""
        if self._makes_ready:
            from jindu_desk.ui.frame.ahead import Ahead

            Ahead(self.shell, self.window.pages, screens, self.shell)
        self.shell.show_state()
        for sentence in (desk.why_read_only, *desk.warnings):
            if sentence:
                self.shell.notice(sentence, "warning")

    def _build_pages_again(self) -> None:
        """Text has another size: pages measure it when they are built."""
        if self.shell is None or self.desk is None or not self.window.pages.may_leave():
            return
        key, tier = self.window.pages.current_key, self.desk.unit.unit.tier.value
        self.window.take_screens([spec for spec in SCREENS if tier in spec.tiers])
        self.shell.go(key)

    def _refused(self, error: Exception) -> None:
        """The folder's sentence on a calm page, with what can be done about it."""
        sentence = str(error) if isinstance(error, DeskError) else BUG_SENTENCE
        self.window.show_whole(
            MessagePage(
                "数据没有打开",
                sentence,
                sign="triangle-alert",
                kind="due",
                actions=(
                    Action("再试一次", self._try_again, icon="refresh-cw", role="primary"),
                    Action("换一个数据文件夹…", self._choose_folder, icon="folder-open"),
                    Action("打开数据文件夹", self._show_folder, icon="external-link"),
                    Action("退出", self.window.close),
                ),
            ),
            bare=True,
        )

    def _try_again(self) -> None:
        self.window.show_whole(MessagePage("正在打开…"))
        self.start()

    def _choose_folder(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self.window, "选择数据文件夹", str(self._folder))
        if chosen:
            self.reopen(Path(chosen))

    def _show_folder(self) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _tell_failure(self, error: Exception) -> None:
        if self.shell is not None:
            self.shell.tell_failure(error)
        else:
            said = str(error) if isinstance(error, DeskError) else BUG_SENTENCE
            self.window.foot.notices.show_notice(said, "error")
