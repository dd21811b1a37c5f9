"""The tables of a report, each with its Table Schema and the rules of a whole row.

Order matters: a table stands after those it refers to, so that rows can be stored in this order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from jindu_desk.domain.exchange import AuditFields
from jindu_desk.domain.expenses import AdjustmentFields, BudgetLineFields, ExpenseFields
from jindu_desk.domain.fields import Fields
from jindu_desk.domain.meetings import (
    AgendaItemFields,
    AttendeeFields,
    DecisionFields,
    DecisionState,
    DecisionStepFields,
    FigureFields,
    MeetingFields,
    MeetingState,
    SignedDecisionFields,
)
from jindu_desk.domain.tallies.records import CellFields, CellState, NilReturnFields, ReasonFields
from jindu_desk.domain.units import OfficialFields, UnitFields, UnitVersionFields
from jindu_desk.packages.columns import Column, columns_of, id_column

Row = Mapping[str, object]
RowRule = Callable[[Row], tuple[str, str] | None]  # (column, fault code) or None


def no_rule(_row: Row) -> tuple[str, str] | None:
    return None


@dataclass(frozen=True, slots=True)
class Table:
    """``references``: column → table whose key it must name. ``unique``: other columns that occur once together.

    ``unit``: the column that says to which unit the row belongs; ``month``: the one that must be the period.
    ``rule_columns``: what ``rule`` looks at, where that is little of a row.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: Mapping[str, str]
    unique: tuple[tuple[str, ...], ...] = ()
    unit: str = ""
    month: str = ""
    rule: RowRule = no_rule
    rule_columns: tuple[str, ...] = ()
    optional: bool = False  # a package of an older program does not have it

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]

    def schema(self) -> dict[str, object]:
        """The Table Schema that the descriptor carries: equal for all packages of format 1."""
        schema: dict[str, object] = {
            "fields": [column.schema for column in self.columns],
            "primaryKey": list(self.key),
            "missingValues": [""],
        }
        if self.references:
            schema["foreignKeys"] = [
                # An empty resource name is the table itself.
                {"fields": [column], "reference": {"resource": "" if to == self.name else to, "fields": ["id"]}}
                for column, to in self.references.items()
            ]
        return schema


def unit_tables() -> tuple[Table, ...]:
    """Units and their versions, as reports and directives have them."""
    return (
        table_of("units", UnitFields, key=("id",), unit="id", rule=_unit_rule),
        table_of("unit_versions", UnitVersionFields, key=("unit_id", "since"), unit="unit_id", to={"unit_id": "units"}),
    )


@cache
def report_tables() -> tuple[Table, ...]:
    """All tables of a report; made once, when a package is first written or read."""
    return (
        *unit_tables(),
        table_of(
            "officials", OfficialFields, key=("id",), unit="unit_id", to={"unit_id": "units"}, rule=_official_rule
        ),
        table_of(
            "meetings",
            MeetingFields,
            key=("id",),
            unique=(("series", "version"),),
            unit="unit_id",
            month="month",
            to={"unit_id": "units"},
            rule=_meeting_rule,
        ),
        table_of("attendees", AttendeeFields, key=("meeting_id", "position"), to={"meeting_id": "meetings"}),
        table_of("agenda_items", AgendaItemFields, key=("meeting_id", "position"), to={"meeting_id": "meetings"}),
        table_of("figures", FigureFields, key=("meeting_id", "position"), to={"meeting_id": "meetings"}),
        table_of(
            "decisions",
            DecisionFields,
            key=("id",),
            unique=(("series", "number"),),
            unit="unit_id",
            to={"unit_id": "units"},
            rule=lambda row: None if _int(row, "number") >= 1 else ("number", "out_of_range"),
        ),
        table_of(
            "decision_steps",
            DecisionStepFields,
            key=("decision_id", "position"),
            to={"decision_id": "decisions"},
            rule=_step_rule,
        ),
        table_of(
            "signed_decisions",
            SignedDecisionFields,
            key=("meeting_id", "part", "position"),
            to={"meeting_id": "meetings"},
        ),
        table_of(
            "cells",
            CellFields,
            key=("unit_id", "month", "item"),
            unit="unit_id",
            month="month",
            to={"township_id": "units", "unit_id": "units"},
            rule=_cell_rule,
            rule_columns=("state", "value"),
        ),
        table_of(
            "nil_returns",
            NilReturnFields,
            key=("unit_id", "month"),
            unit="unit_id",
            month="month",
            to={"township_id": "units", "unit_id": "units"},
        ),
        table_of(
            "reasons",
            ReasonFields,
            key=("unit_id", "month", "check"),
            unit="unit_id",
            month="month",
            to={"township_id": "units", "unit_id": "units"},
        ),
        table_of(
            "budget_lines",
            BudgetLineFields,
            key=("id",),
            unit="unit_id",
            to={"unit_id": "units"},
            rule=lambda row: None if _int(row, "initial_fen") >= 0 else ("initial_fen", "negative"),
        ),
        table_of(
            "adjustments",
            AdjustmentFields,
            key=("id",),
            to={"line_id": "budget_lines"},
            rule=lambda row: None if row["reason"] else ("reason", "reason_missing"),
        ),
        table_of(
            "expenses",
            ExpenseFields,
            key=("id",),
            unique=(("reverses",),),
            unit="unit_id",
            to={"unit_id": "units", "line_id": "budget_lines", "reverses": "expenses"},
            rule=_expense_rule,
        ),
        replace(table_of("audit", AuditFields, key=("size",)), optional=True),
    )


def table_of(
    name: str,
    fields: type[Fields],
    *,
    key: tuple[str, ...],
    to: Mapping[str, str] = MappingProxyType({}),
    unique: tuple[tuple[str, ...], ...] = (),
    unit: str = "",
    month: str = "",
    rule: RowRule = no_rule,
    rule_columns: tuple[str, ...] = (),
) -> Table:
    columns = columns_of(fields)
    if key == ("id",) and "id" not in fields.model_fields:
        columns = (id_column(), *columns)
    return Table(name, columns, key, to, unique, unit, month, rule, rule_columns)


def _int(row: Row, column: str) -> int:
    value = row[column]
    assert isinstance(value, int)  # noqa: S101 - read by the column's own reader
    return value


def _backwards(first: object, last: object) -> bool:
    return first is not None and last is not None and bool(first > last)  # type: ignore[operator]


def _unit_rule(row: Row) -> tuple[str, str] | None:
    return ("valid_to", "wrong_order_of_dates") if _backwards(row["valid_from"], row["valid_to"]) else None


def _official_rule(row: Row) -> tuple[str, str] | None:
    return ("until", "wrong_order_of_dates") if _backwards(row["since"], row["until"]) else None


def _meeting_rule(row: Row) -> tuple[str, str] | None:
    if _int(row, "version") < 1:
        return "version", "out_of_range"
    if _backwards(row["starts_at"], row["ends_at"]):
        return "ends_at", "wrong_order_of_dates"
    if row["state"] is MeetingState.SIGNED_OFF and not (row["signed_by"] and row["signed_on"]):
        return "signed_by", "sign_off_incomplete"
    if _int(row, "version") > 1 and not row["correction_reason"]:
        return "correction_reason", "reason_missing"
    return None


def _step_rule(row: Row) -> tuple[str, str] | None:
    if row["state"] in (DecisionState.DONE, DecisionState.POSTPONED) and not row["approved_by"]:
        return "approved_by", "approval_missing"
    if row["state"] is DecisionState.POSTPONED and not row["note"]:
        return "note", "reason_missing"
    return None


def _cell_rule(row: Row) -> tuple[str, str] | None:
    if (row["state"] is CellState.NUMBER) != (row["value"] is not None):
        return "value", "value_without_number"
    return None


def _expense_rule(row: Row) -> tuple[str, str] | None:
    amount = _int(row, "amount_fen")
    if amount == 0 or (amount < 0) != (row["reverses"] is not None):
        return "amount_fen", "wrong_sign"
    if _int(row, "papers") < 0:
        return "papers", "negative"
    return None
