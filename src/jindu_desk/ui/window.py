"""Start of the window: paint the frame first, then open the data folder on the worker thread, then show data."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QDate, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from jindu_desk.domain.months import Month
from jindu_desk.log import logger
from jindu_desk.paths import FolderPaths
from jindu_desk.ui.frame.main_window import PROGRAM, MainWindow
from jindu_desk.ui.frame.message_page import MessagePage
from jindu_desk.ui.frame.window_memory import WindowMemory
from jindu_desk.ui.frame.window_shell import BUG_SENTENCE
from jindu_desk.ui.input_method import prepare_input_method
from jindu_desk.ui.tasks import Tasks
from jindu_desk.ui.theme.theme import Theme, choice_of


def run_window(data_dir: Path) -> int:
    """Show the program on ``data_dir`` until the window is closed; the exit code."""
    prepare_input_method()
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("jindu-desk")
    app.setApplicationDisplayName(PROGRAM)
    memory = WindowMemory(FolderPaths(data_dir).preferences)
    theme = dressed(app, memory)
    today = QDate.currentDate()
    window = MainWindow(Month(today.year(), today.month()))
    theme.changed.connect(window.follow_theme)
    window.show_whole(MessagePage("正在打开…"))
    tasks = Tasks(window)
    tasks.started.connect(window.foot.show_job)
    sys.excepthook = told_calmly(window)
    window.show()

    def open_folder() -> None:
        from jindu_desk.ui.opening import Opening

        Opening(app, window, tasks, theme, memory, data_dir).start()

    QTimer.singleShot(0, open_folder)  # after the first paint
    return app.exec()


def dressed(app: QApplication, memory: WindowMemory) -> Theme:
    """Theme and Qt's own Chinese words (dialog buttons, context menus)."""
    locale = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
    QLocale.setDefault(locale)
    translator = QTranslator(app)
    if translator.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    theme = Theme(app)
    wanted = memory.preferences.theme
    theme.use(choice_of(wanted), large_text=memory.preferences.large_text)
    return theme


class told_calmly:  # noqa: N801 - it stands in for a function, sys.excepthook
    """A bug on the window thread: logged with its traceback, and told in one sentence. The window stays."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        logger.error("unexpected failure in the window", exc_info=(kind, error, trace))
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        self._window.foot.notices.show_notice(BUG_SENTENCE, "error")
