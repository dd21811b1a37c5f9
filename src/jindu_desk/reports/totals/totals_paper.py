"""汇总表: units down, items across, block by block; then the rates with what they are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.form_cells import Align, Cell, Para
from jindu_desk.reports.typesetting.forms import LANDSCAPE, Column, Form, Row, signature_fields
from jindu_desk.reports.typesetting.grid import MM
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import CONTINUED

_MOST: Final = 20  # columns of figures that a page's width holds
_SIZE: Final = 8.0
_HEAD: Final = 7.5
_NAME: Final = 26.0
_FIGURE: Final = 11.7
_RATE: Final = 21.0
_LEAST: Final = 5.6 * MM


@dataclass(frozen=True, slots=True)
class TotalsColumn:
    """An item; ``block`` as it is called, ``whole``: it stands on one table with the one before it (J beside K)."""

    block: str
    title: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class TotalsLine:
    """A unit or the sum of all: its figures by column and its rates, in words, as the paper may show them."""

    name: str
    figures: tuple[str, ...]
    rates: tuple[str, ...] = ()
    sums: bool = False


@dataclass(frozen=True, slots=True)
class TotalsPaper:
    """``name`` is the paper's title; ``notes`` stand above the tables; ``below`` the rates' table says more of them,
    a line a row."""

    desk: str
    month: str
    name: str
    notes: tuple[str, ...]
    columns: tuple[TotalsColumn, ...]
    lines: tuple[TotalsLine, ...]
    rates: tuple[str, ...] = ()
    below: tuple[TotalsLine, ...] = ()
    signatures: tuple[str, ...] = ()


def totals_printed(paper: TotalsPaper, fonts: FontSet) -> PrintedPaper:
    """The same rows and fonts give the same bytes; no content makes it fail."""
    under = "　".join(filter(None, (one_line(paper.desk), one_line(paper.month))))
    form = Form(fonts, one_line(paper.name), under, layout=LANDSCAPE)
    form.text(*(note for note in paper.notes if note), size=9.0)
    told: set[str] = set()
    for places in _tables(paper.columns):
        blocks = dict.fromkeys(paper.columns[place].block for place in places)
        named = "、".join(one_line(block) + (CONTINUED if block in told else "") for block in blocks)
        _write(form, _part_of(paper, places, named), fresh=bool(told), goes_on=told.issuperset(blocks))
        told.update(blocks)
    if paper.rates:
        _write_rates(form, paper)
    form.gap(3)
    form.grid(signature_fields(paper.signatures), whole=True)
    return form.printed(author=paper.desk, subject=under)


@dataclass(frozen=True, slots=True)
class _Table:
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def _part_of(paper: TotalsPaper, places: Sequence[int], title: str) -> _Table:
    columns = (
        Column("单位", _NAME, size=_SIZE + 1),
        *(Column(paper.columns[place].title, _FIGURE, "right", _HEAD) for place in places),
    )
    return _Table(title, columns, tuple(_row(line, [line.figures[place] for place in places]) for line in paper.lines))


def _write_rates(form: Form, paper: TotalsPaper) -> None:
    columns = (
        Column("单位", _NAME, size=_SIZE + 1),
        *(Column(one_line(name), _RATE, "right", _SIZE) for name in paper.rates),
    )
    rows = tuple(_row(line, line.rates) for line in (*paper.lines, *paper.below))
    _write(form, _Table("比率", columns, rows), fresh=True)


def _write(form: Form, table: _Table, *, fresh: bool, goes_on: bool = False) -> None:
    """A table begins on a new page where it does not fit, if a page can hold it: units are compared side by side."""
    if fresh:
        form.gap(1)
        form.keep(_height(form, table) + 12 * MM)
    form.table(table.columns, table.rows, part=table.title, goes_on=goes_on, least=_LEAST)


def _height(form: Form, table: _Table) -> float:
    widths = tuple(column.width for column in table.columns)
    head = Row(tuple(_text(column.title, "centre", Role.HEI, column.size) for column in table.columns), widths)
    return form.height((head, *(Row(row, widths, _LEAST) for row in table.rows)))


def _tables(columns: Sequence[TotalsColumn]) -> Iterator[tuple[int, ...]]:
    """The columns of each table: small blocks together, a large one over several tables of like size."""
    taken: tuple[int, ...] = ()
    for piece in _pieces(columns):
        if taken and len(taken) + len(piece) > _MOST:
            yield taken
            taken = ()
        taken += piece
    if taken:
        yield taken


def _pieces(columns: Sequence[TotalsColumn]) -> Iterator[tuple[int, ...]]:
    blocks: dict[str, list[list[int]]] = {}
    for place, column in enumerate(columns):
        groups = blocks.setdefault(column.block, [])
        if column.whole and groups:
            groups[-1].append(place)
        else:
            groups.append([place])
    for groups in blocks.values():
        count = sum(map(len, groups))
        parts = -(-count // _MOST)
        piece: list[int] = []
        for group in groups:
            piece += group
            if len(piece) >= count / parts:
                yield tuple(piece)
                piece = []
        if piece:
            yield tuple(piece)


def _row(line: TotalsLine, values: Sequence[str]) -> tuple[Cell, ...]:
    role = Role.HEI if line.sums else Role.BODY
    return (_text(line.name, "left", role, _SIZE + 1), *(_text(value, "right", role, _SIZE) for value in values))


def _text(text: str, align: Align, role: Role, size: float) -> Cell:
    return Cell((Para(text, role, size),), align)
