"""Icons are drawn in the colour of their text, and follow a change of theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from jindu_desk.paths import resource
from jindu_desk.ui.theme.icons import icon, put_icon, retint
from jindu_desk.ui.theme.sheet import palette_of
from jindu_desk.ui.theme.tokens import DARK, LIGHT

SOURCE = Path(__file__).parents[3] / "src" / "jindu_desk" / "ui"


def like(colour: QColor, wanted: str) -> bool:
    """Equal but for the rounding of half-covered pixels."""
    other = QColor(wanted)
    pairs = (
        (colour.red(), other.red()),
        (colour.green(), other.green()),
        (colour.blue(), other.blue()),
    )
    return all(abs(one - two) <= 3 for one, two in pairs)


def strongest(button: QPushButton) -> QColor:
    """The colour of the pixel of the icon that is covered most."""
    image = button.icon().pixmap(18, 18).toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(pixels, key=lambda pixel: pixel.alpha())


def test_icon_takes_the_colour_of_the_text(qtbot: QtBot) -> None:
    button = QPushButton("打印")
    qtbot.addWidget(button)
    button.setPalette(palette_of(LIGHT))
    put_icon(button, "minus")
    assert like(strongest(button), LIGHT.text)
    button.setPalette(palette_of(DARK))
    parent = QPushButton()
    qtbot.addWidget(parent)
    button.setParent(parent)
    retint(parent)
    assert like(strongest(button), DARK.text)


def test_icon_on_a_primary_button_takes_the_colour_on_the_accent(qtbot: QtBot) -> None:
    button = QPushButton("新建")
    qtbot.addWidget(button)
    button.setPalette(palette_of(LIGHT))
    button.setProperty("role", "primary")
    put_icon(button, "minus")
    assert like(strongest(button), LIGHT.on_accent)


def test_a_disabled_primary_button_shows_its_icon_like_its_word(qtbot: QtBot) -> None:
    button = QPushButton("登记支出")
    qtbot.addWidget(button)
    button.setPalette(palette_of(LIGHT))
    button.setProperty("role", "primary")
    put_icon(button, "minus")
    image = button.icon().pixmap(18, 18, QIcon.Mode.Disabled).toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    assert like(max(pixels, key=lambda pixel: pixel.alpha()), LIGHT.muted)


def test_an_icon_is_drawn_once(qapp: QApplication) -> None:
    assert icon("plus", "#123456") is icon("plus", "#123456")


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.name)
def test_every_icon_named_in_the_window_is_shipped(path: Path) -> None:
    named = re.findall(r'(?:icon=|put_icon\([^,]+, )"([a-z0-9-]+)"', path.read_text(encoding="utf-8"))
    missing = [name for name in named if not resource("icons", f"{name}.svg").exists()]
    assert not missing


def test_licence_lies_beside_the_icons() -> None:
    assert "ISC License" in resource("icons", "LICENSE").read_text(encoding="utf-8")
