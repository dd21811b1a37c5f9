"""How the lists of a directive (units, keys, recipients) differ from those of the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from jindu_desk.packages.keys import PublicKey

Tables = Mapping[str, Sequence[Mapping[str, object]]]
Version = tuple[str, str, str]
"""(since, name, superior's id) of a unit."""


class ListChangeKind(StrEnum):
    """``name``: the unit; ``before``, ``after``, ``since`` as the kind needs them."""

    UNIT_ADDED = "unit_added"  # after: to whom it reports
    UNIT_GONE = "unit_gone"
    UNIT_RENAMED = "unit_renamed"  # names, since
    UNIT_MOVED = "unit_moved"  # after: to whom, since
    UNIT_BEGINS = "unit_begins"  # months
    UNIT_ENDS = "unit_ends"  # months
    UNIT_CODE = "unit_code"  # codes
    KEY_ADDED = "key_added"  # after: fingerprint
    KEY_GONE = "key_gone"  # before: fingerprint
    KEY_REVOKED = "key_revoked"  # before: fingerprint, after: reason
    KEY_ENDS = "key_ends"  # before: fingerprint, after: until when
    RECIPIENT_ADDED = "recipient_added"
    RECIPIENT_GONE = "recipient_gone"


@dataclass(frozen=True, slots=True)
class ListChange:
    """One change of units or keys; "" where there was, or is, nothing."""

    kind: ListChangeKind
    name: str
    before: str = ""
    after: str = ""
    since: str = ""


def list_changes(before: Tables, after: Tables) -> tuple[ListChange, ...]:
    """What is different in units, keys and recipients, in the order of a directive's tables."""
    return (*_unit_changes(before, after), *_key_changes(before, after), *_recipient_changes(before, after))


def versions_of(tables: Tables) -> dict[str, list[Version]]:
    """unit id → (since, name, superior's id), oldest first."""
    found: dict[str, list[Version]] = {}
    for row in tables["unit_versions"]:
        above = row["reports_to"]
        found.setdefault(str(row["unit_id"]), []).append((str(row["since"]), str(row["name"]), str(above or "")))
    return {unit_id: sorted(versions) for unit_id, versions in found.items()}


def names_of(versions: Mapping[str, list[Version]], month: str = "9999-12") -> dict[str, str]:
    """unit id → its name in ``month``, its first one where that is later."""
    return {unit_id: version_at(rows, month)[1] for unit_id, rows in versions.items()}


def version_at(rows: Sequence[Version], month: str) -> Version:
    return next((row for row in reversed(rows) if row[0] <= month), rows[0])


def _unit_changes(before: Tables, after: Tables) -> list[ListChange]:
    old = {str(row["id"]): row for row in before["units"]}
    new = {str(row["id"]): row for row in after["units"]}
    was, now = versions_of(before), versions_of(after)
    names = names_of(was) | names_of(now)
    kind = ListChangeKind
    found = [ListChange(kind.UNIT_GONE, names.get(unit_id, "")) for unit_id in old if unit_id not in new]
    for unit_id, row in new.items():
        name = names.get(unit_id, "")
        versions = now.get(unit_id, [])
        if unit_id not in old:
            above = names.get(versions[-1][2], "") if versions else ""
            found.append(ListChange(kind.UNIT_ADDED, name, after=above, since=str(row["valid_from"] or "")))
            continue
        for field, told in (
            ("valid_from", kind.UNIT_BEGINS),
            ("valid_to", kind.UNIT_ENDS),
            ("code", kind.UNIT_CODE),
        ):
            first, second = str(old[unit_id][field] or ""), str(row[field] or "")
            if first != second:
                found.append(ListChange(told, name, first, second))
        for version in versions:
            if version in was.get(unit_id, ()):
                continue
            since, called, above = version
            _, was_called, was_above = version_at(was.get(unit_id) or [version], since)
            if called != was_called:
                found.append(ListChange(kind.UNIT_RENAMED, name, was_called, called, since))
            if above != was_above:
                found.append(ListChange(kind.UNIT_MOVED, name, names.get(was_above, ""), names.get(above, ""), since))
    return found


def _key_changes(before: Tables, after: Tables) -> list[ListChange]:
    old = {(row["unit_id"], row["public_key"]): row for row in before["signers"]}
    new = {(row["unit_id"], row["public_key"]): row for row in after["signers"]}
    names = names_of(versions_of(before)) | names_of(versions_of(after))
    kind = ListChangeKind
    found = []
    for key in dict.fromkeys((*old, *new)):
        name, fingerprint = names.get(str(key[0]), ""), PublicKey.parse(str(key[1])).fingerprint
        first, second = old.get(key), new.get(key)
        if second is None:
            found.append(ListChange(kind.KEY_GONE, name, fingerprint))
            continue
        if first is None:
            found.append(ListChange(kind.KEY_ADDED, name, after=fingerprint))
        if second["revoked_at"] is not None and (first is None or first["revoked_at"] is None):
            found.append(ListChange(kind.KEY_REVOKED, name, fingerprint, str(second["revoked_reason"] or "")))
        ends = second["valid_before"]
        if first is not None and ends != first["valid_before"]:
            found.append(
                ListChange(kind.KEY_ENDS, name, fingerprint, f"{ends:%Y-%m-%d}" if isinstance(ends, datetime) else "")
            )
    return found


def _recipient_changes(before: Tables, after: Tables) -> list[ListChange]:
    names = names_of(versions_of(before)) | names_of(versions_of(after))
    old = {str(row["recipient"]): str(row["unit_id"]) for row in before["recipients"]}
    new = {str(row["recipient"]): str(row["unit_id"]) for row in after["recipients"]}
    kind = ListChangeKind
    return [
        *(ListChange(kind.RECIPIENT_GONE, names.get(old[one], ""), one) for one in old if one not in new),
        *(ListChange(kind.RECIPIENT_ADDED, names.get(new[one], ""), "", one) for one in new if one not in old),
    ]
