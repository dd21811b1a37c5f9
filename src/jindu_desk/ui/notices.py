"""Quiet notices in the foot: what was done, what needs a look. They never take the keyboard away."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from jindu_desk.ui.announcing import announce
from jindu_desk.ui.theme.icons import IconSign, put_icon
from jindu_desk.ui.theme.measures import GROUP
from jindu_desk.ui.theme.tokens import Kind

NoticeKind = Literal["info", "done", "warning", "error"]
_FADES_AFTER = 8_000
_KEPT = 20
_LOOK: dict[NoticeKind, tuple[str, Kind, str]] = {
    "info": ("info", "info", "提示"),
    "done": ("circle-check", "done", "完成"),
    "warning": ("triangle-alert", "due", "注意"),
    "error": ("circle-x", "wrong", "未完成"),
}


class Notices(QWidget):
    """One line: sign and sentence. Earlier ones can be read again from the bell's menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._earlier: list[tuple[str, NoticeKind]] = []
        self._sign = IconSign("info", "info")
        self._text = QLabel()
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._text.setWordWrap(True)
        self._history = QToolButton()
        self._history.setProperty("role", "quiet")
        self._history.setAccessibleName("最近的通知")
        self._history.setToolTip("最近的通知")
        self._history.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._history.setMenu(QMenu(self._history))
        self._history.menu().aboutToShow.connect(self._list_earlier)
        put_icon(self._history, "bell")
        self._fade = QTimer(self, singleShot=True, interval=_FADES_AFTER)
        self._fade.timeout.connect(self._clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GROUP)
        row.addWidget(self._history)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        self._clear()

    def show_notice(self, text: str, kind: NoticeKind = "info") -> None:
        """Put up a sentence. ``info`` and ``done`` fade; ``warning`` and ``error`` stay until the next one."""
        name, colour, word = _LOOK[kind]
        self._earlier = [*self._earlier, (text, kind)][-_KEPT:]
        self._sign.show_sign(name, colour)
        self._sign.setVisible(True)
        self._text.setText(text)
        self._text.setToolTip(text)
        self._text.setAccessibleName(f"{word}：{text}")
        announce(self._text, f"{word}：{text}")
        if kind in ("info", "done"):
            self._fade.start()
        else:
            self._fade.stop()

    @property
    def text(self) -> str:
        return self._text.text()

    @property
    def earlier(self) -> tuple[tuple[str, NoticeKind], ...]:
        """The last notices, oldest first."""
        return tuple(self._earlier)

    def _clear(self) -> None:
        self._text.clear()
        self._text.setAccessibleName("")
        self._sign.setVisible(False)

    def _list_earlier(self) -> None:
        menu = self._history.menu()
        menu.clear()
        for text, kind in reversed(self._earlier):
            menu.addAction(f"{_LOOK[kind][2]}　{text if len(text) <= 60 else text[:59] + '…'}").setToolTip(text)
        if not self._earlier:
            menu.addAction("还没有通知").setEnabled(False)
