"""Start of the window: paint the frame first, then open the data folder on the worker thread, then show data."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QDate, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from jindu_desk.domain.months import Month
from jindu_desk.log import logger
from jindu_desk.paths import FolderPaths
from jindu_desk.ui.first_paint import FirstPaint
from jindu_desk.ui.frame.main_window import PROGRAM, MainWindow
from jindu_desk.ui.frame.window_memory import WindowMemory
from jindu_desk.ui.frame.window_shell import BUG_SENTENCE
from jindu_desk.ui.input_method import prepare_input_method
from jindu_desk.ui.opening import CHINESE_FONT, Opening
from jindu_desk.ui.theme.theme import Theme, choice_of
from jindu_desk.ui.words_of_qt import MissingWords


def run_window(data_dir: Path) -> int:
    """Show the program on ``data_dir`` until the window is closed; the exit code."""
    prepare_input_method()
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("jindu-desk")
    app.setApplicationDisplayName(PROGRAM)
    opening = open_window(app, data_dir, ahead=True)
    sys.excepthook = ToldCalmly(opening.window)
    code = app.exec()
    opening.close()
    sys.excepthook = sys.__excepthook__
    return code


def open_window(app: QApplication, data_dir: Path, *, ahead: bool = False) -> Opening:
    """Show the frame at once; the folder is opened on the worker thread after the first paint. ``ahead``: make pages
    ready while nobody waits."""
    memory = WindowMemory(FolderPaths(data_dir).preferences)
    theme = dressed(app, memory)
    today = QDate.currentDate()
    window = MainWindow(Month(today.year(), today.month()))
    window.fit_into(window.screen().availableGeometry())
    theme.changed.connect(window.follow_theme)
    opening = Opening(window, theme, memory, data_dir, ahead=ahead)
    FirstPaint(window, opening.start)
    window.show()
    return opening


def dressed(app: QApplication, memory: WindowMemory) -> Theme:
    """Theme and Qt's own Chinese words (dialog buttons, context menus)."""
    locale = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
    QLocale.setDefault(locale)
    app.installTranslator(MissingWords(app))
    translator = QTranslator(app)
    if translator.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    theme = Theme(app, chinese_font=memory.preferences.layout.get(CHINESE_FONT, ""))
    theme.use(choice_of(memory.preferences.theme), large_text=memory.preferences.large_text)
    return theme


class ToldCalmly:
    """In the place of ``sys.excepthook``: a bug is logged with its traceback and told in one sentence."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        logger.error("unexpected failure in the window", exc_info=(kind, error, trace))
        self._window.foot.notices.show_notice(BUG_SENTENCE, "error")
