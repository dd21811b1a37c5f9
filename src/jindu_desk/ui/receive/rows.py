"""The rows of the page: files just read and packages on record, in one shape."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jindu_desk.domain.exchange import Verdict

if TYPE_CHECKING:
    from jindu_desk.operations.exchange_receive import KeyInFile, ReceiveResult
    from jindu_desk.queries.exchange import ReceivedRow

_OF_THE_FILE = (Verdict.SAME, Verdict.OLDER)


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file. ``replaced``: it counted once, and something newer took its place."""

    file_name: str
    verdict: Verdict
    explanation: str
    received_id: str | None
    from_unit: str
    period: str
    number: int | None
    revision: int | None
    counted: bool
    fingerprint: str = ""
    received_at: str = ""
    decided_reason: str = ""
    faults: tuple[str, ...] = ()
    unknown_key: KeyInFile | None = None
    replaced: bool = False


def row_of_result(result: ReceiveResult) -> FileRow:
    return FileRow(
        result.file.name,
        result.verdict,
        result.explanation,
        result.received_id,
        result.from_unit,
        result.period,
        result.number,
        result.revision,
        result.counted,
        result.fingerprint,
        faults=result.faults,
        unknown_key=result.unknown_key,
    )


def row_of_record(record: ReceivedRow) -> FileRow:
    return FileRow(
        record.file_name,
        record.verdict,
        record.explanation,
        record.id,
        record.from_unit,
        record.period,
        record.number,
        record.revision,
        record.counted,
        record.signer,
        record.received_at.strftime("%Y-%m-%d %H:%M"),
        record.decided_reason,
        replaced=record.verdict is Verdict.NEW and not record.counted,
    )


def brought_up_to_date(row: FileRow, record: ReceivedRow | None) -> FileRow:
    """A file's row after something was decided. What was said of the file itself (a repeat, an old one) stays."""
    if record is None or row.verdict in _OF_THE_FILE:
        return row
    now = row_of_record(record)
    return replace(now, faults=row.faults, unknown_key=row.unknown_key)
