"""A line shows how large a change is, not only that there is one."""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jindu_desk.ui.meters import Sparkline
from jindu_desk.ui.theme.tokens import tokens_of


def rows_drawn(line: Sparkline) -> int:
    """How many rows of pixels the line takes, without its dot."""
    image = line.grab().toImage()
    accent = QColor(tokens_of(line).accent)
    until = image.width() - 12
    return len({y for y in range(image.height()) for x in range(until) if image.pixelColor(x, y) == accent})


def test_a_change_of_one_in_a_hundred_is_a_low_slope(qtbot: QtBot, look: QApplication) -> None:
    line = Sparkline("在册人数")
    qtbot.addWidget(line)
    line.resize(240, 44)
    line.show_values([99.0, 2.0])
    steep = rows_drawn(line)
    line.show_values([99.0, 98.0])
    low = rows_drawn(line)
    assert 0 < low <= 4 < steep


def test_what_is_not_known_breaks_the_line(qtbot: QtBot, look: QApplication) -> None:
    line = Sparkline("在册人数")
    qtbot.addWidget(line)
    line.resize(240, 44)
    line.show_values([0.0, 3.0, None, None, 3.0])
    assert line.accessibleDescription() == "0、3、—、—、3"
    image, accent = line.grab().toImage(), QColor(tokens_of(line).accent)
    spans = (range(5, 58), range(70, 220))
    drawn = [any(image.pixelColor(x, y) == accent for x in span for y in range(image.height())) for span in spans]
    assert drawn == [True, False]
