"""Which tables a package of each kind has."""

from __future__ import annotations

from functools import cache

from jindu_desk.domain.answers import (
    ReceiptFields,
    RemarkFields,
    ReminderFields,
    RevocationFields,
    StandingFields,
    UnlockFields,
)
from jindu_desk.domain.directives import HistoryFields, RecipientKeyFields, RosterFields
from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.rule_sets import DeadlineFields, RuleSetFields, TargetFields
from jindu_desk.packages.schema import Row, Table, report_tables, table_of, unit_tables


@cache
def tables_of(kind: PackageKind) -> tuple[Table, ...]:
    """The tables of a kind in their order; made once, when one is first written or read."""
    if kind is PackageKind.REPORT:
        return report_tables()
    if kind is PackageKind.ENROLMENT:
        return (_history(), *unit_tables(), *_key_tables())
    if kind is PackageKind.DIRECTIVE:
        return (
            _history(),
            *unit_tables(),
            *_key_tables(),
            table_of("targets", TargetFields, key=("rate", "since")),
            table_of("deadlines", DeadlineFields, key=("duty", "since")),
            table_of("rules", RuleSetFields, key=("name", "since")),
        )
    return (
        _history(),
        table_of("standing", StandingFields, key=("unit_id",)),
        table_of("receipts", ReceiptFields, key=("number",), rule=_receipt_rule),
        table_of("remarks", RemarkFields, key=("number", "position"), rule=_remark_rule),
        table_of("unlocks", UnlockFields, key=("period",), rule=_unlock_rule),
        table_of("revocations", RevocationFields, key=("public_key",)),
        table_of("reminders", ReminderFields, key=("period",)),
    )


def _history() -> Table:
    return table_of("history", HistoryFields, key=("number",))


def _key_tables() -> tuple[Table, ...]:
    return (
        table_of("signers", RosterFields, key=("unit_id", "public_key"), to={"unit_id": "units"}, rule=_validity_rule),
        table_of("recipients", RecipientKeyFields, key=("recipient",), to={"unit_id": "units"}),
    )


def _validity_rule(row: Row) -> tuple[str, str] | None:
    first, last = row["valid_after"], row["valid_before"]
    if first is not None and last is not None and bool(first > last):  # type: ignore[operator]
        return "valid_before", "wrong_order_of_dates"
    return None


def _receipt_rule(row: Row) -> tuple[str, str] | None:
    returned_silently = row["state"] == "returned" and not row["reason"]
    return ("reason", "reason_missing") if returned_silently else None


def _remark_rule(row: Row) -> tuple[str, str] | None:
    if not row["reason"]:
        return "reason", "reason_missing"
    needs = {
        "village": ("unit_id",),
        "cell": ("unit_id", "item"),
        "meeting": ("record",),
        "decision": ("record",),
        "expense": ("record",),
    }
    for column in needs.get(str(row["place"]), ()):
        if not row[column]:
            return column, "missing"
    return None


def _unlock_rule(row: Row) -> tuple[str, str] | None:
    return None if row["reason"] else ("reason", "reason_missing")
