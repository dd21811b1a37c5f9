"""A rate's chart on paper: the shapes of its definition as what a sheet holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from jindu_desk.reports.tallies.rate_chart import Dot, RateChart, Stroke, Tone, Word, shapes
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.form_cells import set_strip
from jindu_desk.reports.typesetting.grid import GREY, Colour, Disc, Item, Text, Trace, baseline_in

_COLOURS: Final[dict[Tone, Colour]] = {
    "line": (0.122, 0.373, 0.659),
    "year": (0.60, 0.64, 0.68),
    "target": (0.651, 0.373, 0.0),
    "frame": (0.867, 0.882, 0.902),
    "word": GREY,
}
_DASHES: Final = 4.0  # times the line's width


def chart_items(
    fonts: FontSet, chart: RateChart, width: float, height: float, size: float, *, x: float, y: float
) -> Iterator[Item]:
    """What is drawn in a chart whose upper left corner is at (``x``, ``y``), in points."""
    for shape in shapes(chart, width, height, size):
        if isinstance(shape, Stroke):
            points = tuple((x + across, y + down) for across, down in shape.points)
            yield Trace(points, shape.width, _COLOURS[shape.tone], shape.width * _DASHES if shape.dashed else 0.0)
        elif isinstance(shape, Dot):
            yield Disc(x + shape.at[0], y + shape.at[1], shape.radius, _COLOURS[shape.tone])
        else:
            yield _word(fonts, shape, x, y)


def _word(fonts: FontSet, word: Word, x: float, y: float) -> Item:
    strip = set_strip(fonts, word.text, Role.SONG, word.size)
    edge = {"left": 0.0, "centre": strip.width / 2, "right": strip.width}[word.align]
    baseline = baseline_in(y + word.at[1] - word.size / 2, word.size, word.size)
    return Text(x + word.at[0] - edge, baseline, word.size, strip.glyphs, strip.offsets, _COLOURS["word"])
