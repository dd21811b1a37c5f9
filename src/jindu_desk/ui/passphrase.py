"""The passphrase of sealed keys, asked for in the window while the worker thread waits for it."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget


class _Question:
    def __init__(self) -> None:
        self.answered = threading.Event()
        self.answer: str | None = None


class PassphraseAsker(QObject):
    """Called from the worker thread; None when the user declined or the window is going."""

    _asked = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._open: _Question | None = None
        self._going = False
        self._asked.connect(self._ask, Qt.ConnectionType.QueuedConnection)

    def __call__(self) -> str | None:
        if self._going:
            return None
        question = self._open = _Question()
        self._asked.emit(question)
        question.answered.wait()
        return question.answer

    def decline(self) -> None:
        """The window is going: nobody can answer any more, so nobody may wait."""
        self._going = True
        if self._open is not None:
            self._open.answered.set()

    def _ask(self, question: _Question) -> None:
        try:
            text, agreed = QInputDialog.getText(
                self._window,
                "密钥口令",
                "这台电脑没有系统密钥环，签名密钥用口令保护。\n请输入口令（首次使用时就是设置口令，请牢记）：",
                QLineEdit.EchoMode.Password,
            )
            question.answer = text if agreed and text else None
        finally:
            question.answered.set()
