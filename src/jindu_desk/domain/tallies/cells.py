"""The figure of a cell, and how figures add up when some are not known.

A cell is a number (``int``), or one of the marks. Zero is typed, never inferred: a blank is not a zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TypeAlias

from jindu_desk.domain.tallies.records import CellState


class Mark(Enum):
    """What a cell is when it is not a number."""

    BLANK = "blank"  # not filled yet
    NOT_APPLICABLE = "not_applicable"  # 无此情况
    UNKNOWN = "unknown"  # 未掌握


Cell: TypeAlias = int | Mark
BLANK, NOT_APPLICABLE, UNKNOWN = Mark.BLANK, Mark.NOT_APPLICABLE, Mark.UNKNOWN
LARGEST = 9_999_999


def cell_of(state: CellState, value: int | None) -> Cell:
    """The cell of a record's ``state`` and ``value``."""
    if state is CellState.NUMBER:
        return BLANK if value is None else value
    return NOT_APPLICABLE if state is CellState.NOT_APPLICABLE else UNKNOWN


def state_of(cell: Cell) -> tuple[CellState, int | None] | None:
    """The record's state and value; None for what is not recorded: a blank, or a derived figure below zero."""
    if isinstance(cell, int):
        return (CellState.NUMBER, cell) if cell >= 0 else None
    if cell is BLANK:
        return None
    return (CellState.NOT_APPLICABLE if cell is NOT_APPLICABLE else CellState.UNKNOWN), None


def added(parts: Iterable[tuple[int, Cell]]) -> Cell:
    """The sum of coefficient times cell. Any blank part leaves it blank, else any unknown part unknown;
    无此情况 counts as zero unless every part is."""
    total, applies, unknown = 0, False, False
    for coefficient, cell in parts:
        if isinstance(cell, int):
            total += coefficient * cell
            applies = True
        elif cell is BLANK:
            return BLANK
        elif cell is UNKNOWN:
            unknown = True
    if unknown:
        return UNKNOWN
    return total if applies else NOT_APPLICABLE


def number(cell: Cell) -> int | None:
    """The figure to reckon with: 无此情况 is zero; None where it is blank or unknown."""
    if isinstance(cell, int):
        return cell
    return 0 if cell is NOT_APPLICABLE else None
