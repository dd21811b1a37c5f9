"""The passphrase of sealed keys, asked for in the window while the worker thread waits for it."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from jindu_desk.errors.exchange import PassphraseTooShort
from jindu_desk.settings.keys import SHORTEST

_KNOWN = "签名密钥用口令保护，每次运行问一次。请输入口令："
_NEW = (
    "这台电脑没有系统密钥环，签名密钥要用口令保护。\n"
    f"请设置口令（至少 {SHORTEST} 个字符，请牢记，忘了只能重新登记密钥）："
)
_AGAIN = "请再输入一次同样的口令："


class _Question:
    def __init__(self) -> None:
        self.answered = threading.Event()
        self.answer: str | None = None


class PassphraseAsker(QObject):
    """Called from the worker thread; None when the user declined or the window is going."""

    _asked = Signal(object)

    def __init__(self, window: QWidget, keys: Path) -> None:
        super().__init__(window)
        self._window, self._keys = window, keys
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
            question.answer = self._new() if not any(self._keys.glob("*.age")) else self._line(_KNOWN)
        finally:
            question.answered.set()

    def _new(self) -> str | None:
        """A new passphrase, typed twice; nobody could open the key after a slip of the finger."""
        said = _NEW
        while (first := self._line(said)) is not None:
            if len(first) < SHORTEST:
                said = f"{PassphraseTooShort(least=SHORTEST)}\n{_NEW}"
                continue
            again = self._line(_AGAIN)
            if again == first or again is None:
                return again
            said = f"两次输入不一样。\n{_NEW}"
        return None

    def _line(self, said: str) -> str | None:
        text, agreed = QInputDialog.getText(self._window, "密钥口令", said, QLineEdit.EchoMode.Password)
        return text if agreed and text else None
