"""From the rows of the store to the papers that go with packages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from jindu_desk.queries.exchange.answers import AnswerRow, ReminderRow
from jindu_desk.queries.exchange.keys import SignerRow
from jindu_desk.queries.exchange.superior import SentPackage
from jindu_desk.queries.units import OwnUnit
from jindu_desk.reports.arrival_wording import uncounted_text
from jindu_desk.reports.exchange.key_form import KeyForm
from jindu_desk.reports.exchange.reminders_paper import OwedMonth, OwingUnit, RemindersPaper
from jindu_desk.reports.exchange.report_slip import ReportSlip


def key_form_of(own: OwnUnit, signer: SignerRow, recipient: str) -> KeyForm:
    """The form that goes to the superior with the enrolment. ``recipient``: this desk's age recipient, "" for none."""
    return KeyForm(
        unit=own.unit.name,
        unit_id=own.unit.id,
        unit_code=own.unit.code,
        superior=own.superior.name if own.superior else "",
        keeper=signer.keeper,
        made_on=signer.compared_at.date() if signer.compared_at else None,
        fingerprint=signer.fingerprint,
        public_key=signer.public_key,
        recipient=recipient,
    )


def reminders_paper_of(
    office: str, today: date, reminders: Iterable[ReminderRow], answers: Iterable[AnswerRow]
) -> RemindersPaper:
    """Who owes which months, by unit; ``office`` issues the list."""
    highest = {row.unit.id: row.highest for row in answers}
    return RemindersPaper(
        desk=office,
        as_of=today,
        units=tuple(
            OwingUnit(
                unit=name,
                months=tuple(_owed(row) for row in rows),
                last_number=highest.get(unit_id, 0),
            )
            for (unit_id, name), rows in groupby(reminders, key=lambda row: (row.unit.id, row.unit.name))
        ),
    )


def _owed(row: ReminderRow) -> OwedMonth:
    returned = row.returned_on is not None
    return OwedMonth(row.period, row.due, uncounted_text(row.uncounted), returned=returned)


def report_slip_of(own: OwnUnit, sent: SentPackage, *, size: int | None, file_sha256: str) -> ReportSlip:
    """What goes along with the stick. ``size`` and ``file_sha256`` are of the file as it lies there, encrypted or not;
    None and "" where it is gone."""
    return ReportSlip(
        sender=own.unit.name,
        sender_code=own.unit.code,
        keeper=own.keeper,
        receiver=sent.receiver_name,
        period=sent.period,
        number=sent.number,
        revision=sent.revision,
        reason=sent.reason,
        sent_at=sent.sent_at,
        file_name=sent.file_name,
        size=size,
        file_sha256=file_sha256,
        descriptor_sha256=sent.descriptor_sha256,
        fingerprint=sent.fingerprint,
        encrypted=sent.encrypted,
    )
