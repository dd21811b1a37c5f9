"""From an answer's rows to its slip."""

from __future__ import annotations

from jindu_desk.queries.exchange.answer_copies import AnswerCopy
from jindu_desk.reports.exchange.answer_slip import (
    AnswerSlip,
    DueLine,
    RemarkLine,
    ReportLine,
    RevocationLine,
    UnlockLine,
)


def answer_slip_of(copy: AnswerCopy) -> AnswerSlip:
    """The slip of an answer, the same at the desk that wrote it and at the one that received it."""
    periods = {receipt.number: receipt.period for receipt in copy.receipts}
    return AnswerSlip(
        unit=copy.unit,
        unit_code=copy.unit_code,
        sender=copy.sender,
        keeper=copy.keeper,
        number=copy.number,
        made_at=copy.created,
        highest=copy.highest,
        first_missing=copy.first_missing,
        audit=copy.audit.value,
        reports=tuple(
            ReportLine(
                receipt.number,
                receipt.period,
                receipt.revision,
                receipt.state.value,
                receipt.reason,
                receipt.decided_by,
                receipt.decided_at,
            )
            for receipt in copy.receipts
        ),
        remarks=tuple(
            RemarkLine(remark.number, periods.get(remark.number, ""), remark.place.value, where, remark.reason)
            for remark, where in copy.remarks
        ),
        unlocked=tuple(UnlockLine(row.period, row.reason, row.unlocked_at) for row in copy.unlocks),
        revoked=tuple(RevocationLine(fingerprint, row.reason, row.revoked_at) for row, fingerprint in copy.revocations),
        reminders=tuple(DueLine(row.period, row.due) for row in copy.reminders),
    )
