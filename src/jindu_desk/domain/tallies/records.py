"""The records of the tally sheet."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, NaiveDatetime

from jindu_desk.domain.fields import CheckKey, Fields, Figures, Id, ItemCode, LongText, MonthText, ShortText

Count = Annotated[int, Field(ge=0, le=9_999_999)]


class CellState(StrEnum):
    """A cell that is in none of these states is not filled yet; it has no record."""

    NUMBER = "number"
    NOT_APPLICABLE = "not_applicable"  # 无此情况
    UNKNOWN = "unknown"  # 未掌握


class CellFields(Fields):
    """One figure. ``unit_id`` is the village, or the township itself for the township row (block M)."""

    township_id: Id
    unit_id: Id
    month: MonthText
    item: ItemCode
    state: CellState
    value: Count | None = None  # set exactly when state is NUMBER
    note: ShortText = ""  # a comment; for an opening figure typed by hand, its source


class NilReturnFields(Fields):
    """A village's whole month signed off as 零报告: an act of its own, not an empty sheet."""

    township_id: Id
    unit_id: Id
    month: MonthText
    declared_by: ShortText
    declared_at: NaiveDatetime


class ReasonFields(Fields):
    """The written reason for a soft finding. ``figures`` is the text of the figures it was given for; when
    they change, the reason no longer holds."""

    township_id: Id
    unit_id: Id
    month: MonthText
    check: CheckKey
    figures: Figures
    reason: LongText
    given_by: ShortText
    given_at: NaiveDatetime
