"""The theme of the running program: follows the system or the user's choice."""

from __future__ import annotations

import sys
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from jindu_desk.ui.theme.fonts import chinese_family, text_font
from jindu_desk.ui.theme.icons import retint
from jindu_desk.ui.theme.measures import LARGE_TEXT_POINTS, TEXT_POINTS
from jindu_desk.ui.theme.sheet import palette_of, style_sheet
from jindu_desk.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT, Tokens

ThemeChoice = Literal["system", "light", "dark", "contrast"]


def choice_of(word: str) -> ThemeChoice:
    """A remembered word as a choice; anything else means: follow the system."""
    match word:
        case "light" | "dark" | "contrast":
            return word
        case _:
            return "system"


class Theme(QObject):
    """Applies tokens to the application. ``changed`` comes after palette, sheet, font and icons are in place,
    ``resized`` as well when the text has another size: sizes taken from the text must be taken again."""

    changed = Signal()
    resized = Signal()

    def __init__(self, app: QApplication, *, chinese_font: str = "") -> None:
        """``chinese_font``: the family that was found at an earlier start."""
        super().__init__(app)
        self.chinese_font = chinese_family(chinese_font)
        self._app = app
        self._system_font = QFont(app.font())
        self._native = sys.platform in ("win32", "darwin")
        self._applied: tuple[Tokens, bool] | None = None
        self.choice: ThemeChoice = "system"
        self.large_text = False
        if not self._native and app.style().objectName() != "fusion":
            app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._apply)

    def use(self, choice: ThemeChoice, *, large_text: bool = False) -> None:
        """Take the user's choice; ``system`` follows the desktop, also while the program runs."""
        self.choice, self.large_text = choice, large_text
        self._app.styleHints().setColorScheme(_SCHEME[choice])
        self._apply()

    @property
    def tokens(self) -> Tokens:
        match self.choice:
            case "light":
                return LIGHT
            case "dark":
                return DARK
            case "contrast":
                return HIGH_CONTRAST
            case "system":
                dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
                return DARK if dark else LIGHT

    def _apply(self) -> None:
        wanted = (self.tokens, self.large_text)
        if wanted == self._applied:
            return
        before, self._applied = self._applied, wanted
        points = LARGE_TEXT_POINTS if self.large_text else TEXT_POINTS
        self._app.setFont(text_font(self._system_font, points, self.chinese_font))
        self._app.setPalette(palette_of(self.tokens))
        self._app.setStyleSheet(style_sheet(self.tokens, native=self._native))
        if before is not None:
            for window in self._app.topLevelWidgets():
                retint(window)
        self.changed.emit()
        if before is not None and before[1] != self.large_text:
            self.resized.emit()


_SCHEME: dict[ThemeChoice, Qt.ColorScheme] = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "contrast": Qt.ColorScheme.Dark,
}
