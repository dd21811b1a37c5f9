"""The chart on the screen stands where the definition, and so the paper, has it."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jindu_desk.reports.tallies.rate_chart import Dot, RateChart, Stroke
from jindu_desk.reports.tallies.rate_chart_paper import chart_items
from jindu_desk.reports.typesetting.fonts import font_set
from jindu_desk.reports.typesetting.grid import Disc, Trace
from jindu_desk.ui.rates.picture import RatePicture
from jindu_desk.ui.theme.tokens import tokens_of

MONTHS = tuple(str(number) for number in (11, 12, *range(1, 11)))
CHART = RateChart("尿检率", MONTHS, (9700, 9800, 9500, None, 9300, 9400, None, 9200, 9900, 9900, 9800, 9250), (), 9550)


def shown(qtbot: QtBot, chart: RateChart) -> RatePicture:
    picture = RatePicture()
    qtbot.addWidget(picture)
    picture.resize(320, 90)
    picture.show_chart(chart)
    return picture


def nearest(image: QImage, x: float, y: float, colour: QColor) -> float:
    """How far off ``colour`` the pixel beside (x, y) is that comes closest to it."""
    around = [(round(x) + across, round(y) + down) for across in (-1, 0, 1) for down in (-1, 0, 1)]
    found = [image.pixelColor(*at) for at in around if image.rect().contains(*at)]
    return min(
        abs(one.red() - colour.red()) + abs(one.green() - colour.green()) + abs(one.blue() - colour.blue())
        for one in found
    )


def test_both_painters_place_everything_alike(qtbot: QtBot, look: QApplication) -> None:
    picture = shown(qtbot, CHART)
    paper = list(chart_items(font_set(bundled_only=True), CHART, 320, 90, picture.word_size, x=0, y=0))
    on_screen = picture.drawn
    assert [each.points for each in on_screen if isinstance(each, Stroke)] == [
        item.points for item in paper if isinstance(item, Trace)
    ]
    assert [each.at for each in on_screen if isinstance(each, Dot)] == [
        (item.x, item.y) for item in paper if isinstance(item, Disc)
    ]


def test_the_pixels_are_where_the_shapes_are(qtbot: QtBot, look: QApplication) -> None:
    picture = shown(qtbot, CHART)
    image, tokens = picture.grab().toImage(), tokens_of(picture)
    dots = [each for each in picture.drawn if isinstance(each, Dot)]
    lines = [each for each in picture.drawn if isinstance(each, Stroke) and each.tone == "line"]
    assert len(dots) == 1
    assert [len(line.points) for line in lines] == [3, 2, 5]
    for x, y in (*(point for line in lines for point in line.points), dots[0].at):
        assert nearest(image, x, y, QColor(tokens.accent)) < 160
    gap = (lines[0].points[-1][0] + lines[1].points[0][0]) / 2
    column = [image.pixelColor(round(gap), y) for y in range(image.height())]
    assert QColor(tokens.accent) not in column


def test_a_screen_reader_hears_every_month(qtbot: QtBot, look: QApplication) -> None:
    picture = shown(qtbot, CHART)
    assert picture.accessibleName() == "尿检率近十二个月"
    assert picture.accessibleDescription().startswith("11月 97.00%，12月 98.00%，1月 95.00%，2月 —")
    assert picture.accessibleDescription().endswith("目标 95.50%")


def test_without_any_rate_it_draws_only_dashes(qtbot: QtBot, look: QApplication) -> None:
    picture = shown(qtbot, RateChart("率", MONTHS, (None,) * 12, (None,) * 12))
    assert not [each for each in picture.drawn if isinstance(each, Stroke) and each.tone != "frame"]
    assert not picture.grab().isNull()
