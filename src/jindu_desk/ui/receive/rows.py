"""The rows of the page: files just read and packages on record, in one shape."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.errors.packages import KeyUnknown

if TYPE_CHECKING:
    from jindu_desk.operations.exchange.receive import KeyInFile, ReceiveResult
    from jindu_desk.queries.exchange.received import ReceivedRow

OWN = "own_package"
_KEY_UNKNOWN = KeyUnknown.sentence.partition("{unit}")[2].partition("{")[0]  # the record has the sentence only
_IN_CHAIN = (Verdict.NEW, Verdict.REVISION, Verdict.OLDER, Verdict.LOCKED)


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file. ``kind`` is None where the file could not be read. ``judged``: accepted or returned here.
    ``other_chosen``: why a person decided for another one under its number. ``released``: numbers that were held and
    count now because this one came. ``own``: this desk wrote it. ``new_key``:
    refused only because nobody compared the key that signed it."""

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
    kind: PackageKind | None = None
    judged: ReceiptState | None = None
    other_chosen: str = ""
    released: tuple[int, ...] = ()
    stream: str = ""
    own: bool = False
    new_key: bool = False

    @property
    def of_report(self) -> bool:
        return self.kind is PackageKind.REPORT

    @property
    def can_be_accepted(self) -> bool:
        return self.of_report and self.counted and self.judged is not ReceiptState.ACCEPTED

    @property
    def can_be_returned(self) -> bool:
        """It has its place in the chain, and is not returned already."""
        placed = self.verdict in _IN_CHAIN or (self.verdict is Verdict.SAME and self.counted)
        return self.of_report and placed and self.judged is not ReceiptState.RETURNED

    @property
    def replaced(self) -> bool:
        """It counted once, and something newer took its place."""
        return self.verdict is Verdict.NEW and not self.counted and self.judged is not ReceiptState.RETURNED


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
        kind=result.kind if result.number is not None else None,
        released=result.released,
        own=result.code == OWN,
        new_key=result.unknown_key is not None,
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
        kind=record.kind,
        judged=record.judged,
        other_chosen=record.other_chosen,
        stream=record.stream,
        own=record.own,
        new_key=not record.own and record.verdict is Verdict.UNTRUSTED and _KEY_UNKNOWN in record.explanation,
    )


def brought_up_to_date(row: FileRow, record: ReceivedRow | None) -> FileRow:
    """A file's row after something was decided. What was said of the file itself (a repeat, an old one) stays."""
    if record is None or row.verdict is Verdict.OLDER:
        return row
    if row.verdict is Verdict.SAME:  # what is decided about it is decided about the one that was there
        return replace(row, judged=record.judged, counted=record.counted, stream=record.stream)
    now = row_of_record(record)
    return replace(now, faults=row.faults, unknown_key=row.unknown_key, released=row.released, own=row.own or now.own)
