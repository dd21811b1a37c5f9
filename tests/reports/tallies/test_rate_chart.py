"""A chart is defined once: where its figures stand, what is a gap, and that paper draws it there."""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # it has no stubs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.form_reading import document_of

from jindu_desk.reports.tallies.rate_chart import Dot, RateChart, Stroke, Word, plot_of, shapes
from jindu_desk.reports.tallies.rate_chart_paper import chart_items
from jindu_desk.reports.typesetting.drawing import About, draw
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import LEFT, PAGE_HEIGHT, TOP, Sheet

MONTHS = tuple(str(number) for number in (11, 12, *range(1, 11)))
CHART = RateChart(
    "尿检率",
    MONTHS,
    (9700, 9800, 9500, None, 9300, 9400, 9400, None, 10000, 9900, 9800, 9650),
    (None, None, 9500, 9500, 9400, 9400, 9400, 9400, 9500, 9550, 9600, 9610),
    9500,
)
RATES = st.none() | st.integers(-500, 30_000)
CHARTS = st.builds(
    RateChart,
    st.just("测试率"),
    st.just(MONTHS),
    st.lists(RATES, min_size=12, max_size=12).map(tuple),
    st.lists(RATES, min_size=12, max_size=12).map(tuple),
    RATES,
)


def strokes(chart: RateChart, tone: str) -> list[Stroke]:
    return [each for each in shapes(chart, 240, 80, 10) if isinstance(each, Stroke) and each.tone == tone]


def test_what_is_not_known_breaks_the_line_and_says_so() -> None:
    assert [len(stroke.points) for stroke in strokes(CHART, "line")] == [3, 3, 4]
    words = [each for each in shapes(CHART, 240, 80, 10) if isinstance(each, Word) and each.text == "—"]
    plot = plot_of(CHART, 240, 80, 10)
    assert [word.at[0] for word in words] == [plot.x(3), plot.x(7)]


def test_a_month_alone_is_a_dot() -> None:
    chart = RateChart("率", MONTHS[:3], (None, 9000, None))
    assert strokes(chart, "line") == []
    plot = plot_of(chart, 240, 80, 10)
    assert [each.at for each in shapes(chart, 240, 80, 10) if isinstance(each, Dot)] == [plot.at(1, 9000)]


def test_the_target_is_a_dashed_line_across_all_months() -> None:
    (target,) = strokes(CHART, "target")
    plot = plot_of(CHART, 240, 80, 10)
    assert target.dashed
    assert target.points == ((plot.left, plot.y(9500)), (plot.right, plot.y(9500)))
    assert strokes(RateChart("率", MONTHS, CHART.values), "target") == []


@pytest.mark.parametrize(
    ("values", "span"),
    [
        ((), (0, 10_000)),
        ((None, None), (0, 10_000)),
        ((10_000,), (9_000, 10_000)),
        ((0,), (0, 1_000)),
        ((9_650, 9_300), (9_000, 10_000)),
        ((4_999, 9_001), (4_000, 10_000)),
        ((12_345,), (12_000, 13_000)),
    ],
)
def test_the_height_shows_whole_tens_of_points(values: tuple[int | None, ...], span: tuple[int, int]) -> None:
    plot = plot_of(RateChart("率", MONTHS, values), 240, 80, 10)
    assert (plot.low, plot.high) == span


def test_months_are_left_out_from_the_oldest_where_there_is_no_room() -> None:
    words = [each.text for each in shapes(CHART, 100, 80, 10) if isinstance(each, Word) and each.text in MONTHS]
    assert words[-1] == "10"
    assert 3 <= len(words) < 12


@given(CHARTS, st.floats(40, 900), st.floats(30, 300))
def test_nothing_is_drawn_outside_and_higher_stands_higher(chart: RateChart, width: float, height: float) -> None:
    plot = plot_of(chart, width, height, 6)
    for shape in shapes(chart, width, height, 6):
        for x, y in shape.points if isinstance(shape, Stroke) else (shape.at,):
            assert -0.01 <= x <= width + 1.01
            assert -0.01 <= y <= height + 0.01
    known = [value for value in (*chart.values, *chart.so_far, chart.target) if value is not None]
    assert all(plot.low <= value <= plot.high for value in known)
    heights = [plot.y(value) for value in sorted(known)]
    assert heights == sorted(heights, reverse=True)


def test_paper_draws_each_line_where_the_definition_has_it(fonts: FontSet) -> None:
    sheet = Sheet([tuple(chart_items(fonts, CHART, 240, 80, 10, x=30, y=50))])
    printed = draw([sheet], fonts, About("试", "试", "试"), frozenset({Role.SONG}))
    wanted = [
        [(LEFT + 30 + x, PAGE_HEIGHT - TOP - 50 - y) for x, y in shape.points]
        for shape in shapes(CHART, 240, 80, 10)
        if isinstance(shape, Stroke)
    ]
    drawn = paths_of(printed.content)
    assert len(wanted) == 7
    for points in wanted:
        assert any(near(path, points) for path in drawn), points


def near(path: list[tuple[float, float]], points: list[tuple[float, float]]) -> bool:
    """Whether both have the same corners, as far as a PDF writes them."""
    return len(path) == len(points) and all(
        abs(x - other_x) < 0.02 and abs(y - other_y) < 0.02
        for (x, y), (other_x, other_y) in zip(path, points, strict=True)
    )


def paths_of(content: bytes) -> list[list[tuple[float, float]]]:
    """The corners of all paths on the first page, in points from the lower left corner."""
    x, y = ctypes.c_float(), ctypes.c_float()
    found = []
    for thing in document_of(content)[0].get_objects():
        if thing.type != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        points = []
        for number in range(pdfium.FPDFPath_CountSegments(thing)):
            assert pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFPath_GetPathSegment(thing, number), x, y)
            points.append((x.value, y.value))
        found.append(points)
    return found
