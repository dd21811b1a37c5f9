"""The passphrase is asked for in the window while the worker waits, and nobody waits for a window that is gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QInputDialog, QWidget
from pytestqt.qtbot import QtBot

from jindu_desk.ui.passphrase import PassphraseAsker
from jindu_desk.ui.tasks import Tasks


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """``answers("a", None)``: what the user types, in turn; gives back what was asked."""

    def give(*typed: str | None) -> list[str]:
        asked: list[str] = []
        turn = iter(typed)

        def dialog(_parent: QWidget, _title: str, said: str, _mode: object) -> tuple[str, bool]:
            asked.append(said)
            text = next(turn)
            return text or "", text is not None

        monkeypatch.setattr(QInputDialog, "getText", dialog)
        return asked

    return give


def ask(qtbot: QtBot, keys: Path) -> str | None:
    window, tasks = QWidget(), Tasks()
    qtbot.addWidget(window)
    got: list[str | None] = []
    tasks.run(PassphraseAsker(window, keys), got.append)
    qtbot.waitUntil(lambda: not tasks.busy)
    tasks.finish()
    return got[0]


def test_a_new_passphrase_is_typed_twice(qtbot: QtBot, tmp_path: Path, answers: Callable[..., list[str]]) -> None:
    asked = answers("one passphrase", "another", "one passphrase", "one passphrase")
    assert ask(qtbot, tmp_path) == "one passphrase"
    assert "不一样" in asked[2]


def test_a_short_new_one_is_refused_at_once(qtbot: QtBot, tmp_path: Path, answers: Callable[..., list[str]]) -> None:
    asked = answers("abc", "one passphrase", "one passphrase")
    assert ask(qtbot, tmp_path) == "one passphrase"
    assert "太短" in asked[1]
    assert "再输入一次" in asked[2]


def test_a_known_one_is_typed_once(qtbot: QtBot, tmp_path: Path, answers: Callable[..., list[str]]) -> None:
    (tmp_path / "signing.age").write_bytes(b"sealed")
    asked = answers("one passphrase")
    assert ask(qtbot, tmp_path) == "one passphrase"
    assert len(asked) == 1


def test_declining_is_no_passphrase(qtbot: QtBot, tmp_path: Path, answers: Callable[..., list[str]]) -> None:
    answers(None)
    assert ask(qtbot, tmp_path) is None


def test_nobody_waits_for_a_window_that_is_going(qtbot: QtBot, tmp_path: Path) -> None:
    window, tasks = QWidget(), Tasks()
    qtbot.addWidget(window)
    asker = PassphraseAsker(window, tmp_path)
    asker._asked.disconnect()  # the window is closing: its event loop answers no more
    got: list[str | None] = []
    tasks.run(asker, got.append)
    qtbot.waitUntil(lambda: asker._open is not None)
    asker.decline()
    tasks.finish()
    assert got == [None]
    assert asker() is None
