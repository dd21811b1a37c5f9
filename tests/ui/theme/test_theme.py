"""The theme follows the user's choice, large text included, and falls back to the bundled Chinese font."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from jindu_desk.ui.theme import fonts
from jindu_desk.ui.theme.measures import LARGE_TEXT_POINTS, TEXT_POINTS, row_height
from jindu_desk.ui.theme.theme import Theme, choice_of
from jindu_desk.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT, tokens_of


@pytest.fixture
def theme(look: QApplication) -> Theme:
    return Theme(look)


def test_choice_gives_palette_and_text_size(qapp: QApplication, theme: Theme) -> None:
    theme.use("dark")
    assert tokens_of(qapp.palette()) is DARK
    assert qapp.font().pointSizeF() == TEXT_POINTS
    normal = row_height()
    theme.use("light", large_text=True)
    assert tokens_of(qapp.palette()) is LIGHT
    assert qapp.font().pointSizeF() == LARGE_TEXT_POINTS
    assert row_height() > normal >= 32
    theme.use("contrast")
    assert tokens_of(qapp.palette()) is HIGH_CONTRAST


def test_change_is_told_once_and_only_when_something_changed(theme: Theme) -> None:
    told: list[None] = []
    theme.changed.connect(lambda: told.append(None))
    theme.use("dark")
    theme.use("dark")
    assert len(told) == 1


def test_an_unknown_remembered_word_follows_the_system() -> None:
    assert choice_of("purple") == "system"
    assert choice_of("contrast") == "contrast"


@pytest.fixture
def no_chinese_font(look: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFontDatabase, "hasFamily", lambda _name: False)
    monkeypatch.setattr(QFontDatabase, "families", lambda *_args: [])


@pytest.mark.usefixtures("no_chinese_font")
@pytest.mark.parametrize("remembered", ["", fonts.BUNDLED])
def test_bundled_font_is_loaded_where_the_pc_has_no_chinese_one(remembered: str) -> None:
    assert fonts.chinese_family(remembered) == fonts.BUNDLED


@pytest.mark.usefixtures("no_chinese_font")
def test_the_font_of_the_last_start_is_not_looked_for_again(look: QApplication) -> None:
    theme = Theme(look, chinese_font="Noto Sans CJK SC")
    theme.use("light")
    assert theme.chinese_font == "Noto Sans CJK SC"
    assert look.font().families()[-1] == "Noto Sans CJK SC"
