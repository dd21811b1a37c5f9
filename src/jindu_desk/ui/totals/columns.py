"""The tables of the totals page: figures of a block, rates, arrivals, and the cells behind a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.catalogue import Item
from jindu_desk.domain.tallies.cells import Mark
from jindu_desk.domain.tallies.rates import Rate
from jindu_desk.queries.exchange.given_reasons import GivenReason
from jindu_desk.queries.protection import Hiding
from jindu_desk.queries.totals import Arrival, CellBehind, Totals, UnitTotals
from jindu_desk.reports.arrival_wording import ARRIVAL_WORDS, arrival_text
from jindu_desk.reports.protection_wording import HIDDEN, WHY_HIDDEN
from jindu_desk.ui.tables import Column
from jindu_desk.ui.theme.tokens import Kind

_KINDS: dict[Arrival, Kind] = {
    Arrival.COUNTED: "done",
    Arrival.HELD: "due",
    Arrival.RETURNED: "due",
    Arrival.MISSING: "wrong",
}
_SIGNS = {Arrival.COUNTED: "●", Arrival.HELD: "◐", Arrival.RETURNED: "↩", Arrival.MISSING: "○"}
_ON_ONE_LINE = 6  # letters of a rate's name
_MARKS = {Mark.BLANK: "—", Mark.NOT_APPLICABLE: "无此情况", Mark.UNKNOWN: "未掌握"}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the tables: a unit, or the sum of all."""

    totals: UnitTotals
    whole: bool

    @property
    def name(self) -> str:
        return "合计" if self.whole else self.totals.unit.name


def lines(totals: Totals) -> tuple[Line, ...]:
    return (*(Line(row, whole=False) for row in totals.units), Line(totals.total, whole=True))


def unit_column() -> Column[Line]:
    """The name; the sum stays last whichever way the column is sorted by name."""
    return Column(
        "单位",
        lambda line: line.name,
        width=7,
        tooltip=lambda line: line.name,
        key=lambda line: (line.whole, line.totals.unit.position),
    )


def arrival_column() -> Column[Line]:
    def word(line: Line) -> str:
        return "" if line.whole else ARRIVAL_WORDS[line.totals.arrival].partition("，")[0]

    def tooltip(line: Line) -> str:
        return "" if line.whole else arrival_text(line.totals.arrival, line.totals.returned_on)

    def kind(line: Line) -> Kind | None:
        return None if line.whole else _KINDS[line.totals.arrival]

    return Column("状态", word, width=5, kind=kind, tooltip=tooltip, key=lambda line: (line.whole, word(line)))


def figure_columns(
    items: Sequence[Item], kinds: dict[str, str], *, to_date: bool, hiding: Hiding
) -> tuple[Column[Line], ...]:
    """A column per item; — where nobody knows the figure, with the number of 未掌握 in the tooltip."""
    columns = (_figure_column(item, kinds, to_date=to_date, hiding=hiding) for item in items)
    return (unit_column(), arrival_column(), *columns)


def _figure_column(item: Item, kinds: dict[str, str], *, to_date: bool, hiding: Hiding) -> Column[Line]:
    def hidden(line: Line) -> bool:
        return hiding.figure(line.totals.unit, item.code, to_date=to_date)

    def figure(line: Line) -> int | None:
        return None if hidden(line) else (line.totals.to_date if to_date else line.totals.month).get(item.code)

    def text(line: Line) -> str:
        if hidden(line):
            return HIDDEN
        known = figure(line)
        unsure = "" if to_date or not line.totals.unknown.get(item.code) else " *"
        return ("—" if known is None else f"{known:,}") + unsure

    def tooltip(line: Line) -> str:
        if hidden(line):
            return WHY_HIDDEN
        unsure = line.totals.unknown.get(item.code, 0)
        return f"{item.code} {item.name}" + (f"：另有 {unsure} 个村填“未掌握”，未计入" if unsure else "")

    kind = f"\n{kinds[item.kind]}" if item.kind else "\n"
    return Column(
        f"{item.name}{kind}", text, align="right", tooltip=tooltip, key=lambda line: (line.whole, figure(line) or 0)
    )


def rate_columns(rates: Sequence[Rate], hiding: Hiding) -> tuple[Column[Line], ...]:
    return (unit_column(), arrival_column(), *(_rate_column(rate, hiding) for rate in rates))


def _rate_column(rate: Rate, hiding: Hiding) -> Column[Line]:
    def hidden(line: Line) -> bool:
        return hiding.ratio(line.totals.unit, rate, line.totals.ratios[rate.code])

    def text(line: Line) -> str:
        if hidden(line):
            return HIDDEN
        ratio = line.totals.ratios[rate.code]
        if not line.whole and line.totals.arrival is not Arrival.COUNTED:
            return ratio.text  # nothing is known, which is not 0/0
        return f"{ratio.text}\u2002({ratio.numerator}/{ratio.denominator})"

    def tooltip(line: Line) -> str:
        year = line.totals.ratios_to_date[rate.code]
        if hiding.ratio(line.totals.unit, rate, year, to_date=True):
            return WHY_HIDDEN
        left = f"\n{year.left_out} 个村·月有未掌握的数，未计入" if year.left_out else ""
        return f"{rate.meaning}\n本年累计 {year.text}（{year.numerator}/{year.denominator}）{left}"

    def key(line: Line) -> tuple[bool, int]:
        hundredths = None if hidden(line) else line.totals.ratios[rate.code].hundredths
        return line.whole, -1 if hundredths is None else hundredths

    return Column(_in_two(rate.name), text, align="right", tooltip=tooltip, key=key)


def _in_two(name: str) -> str:
    """A long name on two lines of the header, as the figures below it are short."""
    half = (len(name) + 1) // 2
    return f"{name[:half]}\n{name[half:]}" if len(name) > _ON_ONE_LINE else name


def arrival_columns(months: Sequence[Month], totals: Totals, *, with_reasons: bool) -> tuple[Column[Line], ...]:
    """Twelve months as signs, which the legend and the tooltip say in words; then how much the month explains."""

    def state(line: Line, number: int) -> Arrival:
        return totals.arrivals[line.totals.unit.id][number]

    def column(number: int, month: Month) -> Column[Line]:
        def sign(line: Line) -> str:
            return _SIGNS[state(line, number)]

        def said(line: Line) -> str:
            on = totals.returned.get((line.totals.unit.id, month))
            return f"{line.name} {month}：{arrival_text(state(line, number), on)}"

        title = f"{month.year}\n{month.number}月"
        return Column(title, sign, align="center", tooltip=said, key=sign, width=3)

    columns = (unit_column(), *(column(number, month) for number, month in enumerate(months)))
    return (*columns, _reasons_column()) if with_reasons else columns


def _reasons_column() -> Column[Line]:
    def text(line: Line) -> str:
        return f"{line.totals.reasons:,}" if line.totals.arrival is Arrival.COUNTED else "—"

    return Column(
        "本月\n核实说明",
        text,
        align="right",
        tooltip=lambda line: f"{line.name}本月报来 {line.totals.reasons} 处核实说明，按回车或双击看每一处",
        key=lambda line: line.totals.reasons,
        width=5,
    )


def given_columns(*, with_township: bool = False) -> tuple[Column[GivenReason], ...]:
    """Reasons one a row; above townships each with its township."""

    def village(row: GivenReason) -> str:
        return f"{row.township} {row.village}" if with_township else row.village

    return (
        Column("审核", lambda row: row.code, tooltip=lambda row: row.check or "本机的审核规则里没有这一条"),
        Column("村（社区）", village, tooltip=village),
        Column("说明", lambda row: row.reason, width=-1, tooltip=lambda row: row.reason),
    )


def legend() -> str:
    return "　".join(f"{sign} {ARRIVAL_WORDS[arrival]}" for arrival, sign in _SIGNS.items())


def cell_columns(hiding: Hiding) -> tuple[Column[CellBehind], ...]:
    def hidden(row: CellBehind) -> bool:
        return hiding.month.hides(row.unit_id, row.item.code)

    def text(row: CellBehind) -> str:
        if hidden(row):
            return HIDDEN
        return f"{row.cell:,}" if isinstance(row.cell, int) else _MARKS[row.cell]

    def key(row: CellBehind) -> int:
        return row.cell if isinstance(row.cell, int) and not hidden(row) else -1

    return (
        Column("村（社区）", lambda row: row.unit_name, width=-1),
        Column("数值", text, align="right", key=key, tooltip=lambda row: WHY_HIDDEN if hidden(row) else text(row)),
    )
