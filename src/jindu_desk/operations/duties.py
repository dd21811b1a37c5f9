"""Record that a duty was done, with its evidence; or take that back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlmodel import Session, select

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.duties import DutyDoneFields
from jindu_desk.domain.duty_rules import DutyRule, Rhythm, check_done, duty_of
from jindu_desk.errors.duties import DutyAlreadyRecorded, DutyNotRecorded, DutyOfAnotherTier
from jindu_desk.operations.attachments import attach_in, detach_in
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.duties import duty_record
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Attachment, DutyDone, Unit


def mark_duty_done(
    store: Store, unit_id: str, duty: str, period: str, *, done_on: date, note: str = "", again: bool = False
) -> Changes:
    """Record a duty of a period as done on a day, with a note on its evidence; a later record replaces an earlier one.

    A duty per case has the day itself as its period; a second case on the same day is refused unless ``again`` (the
    record is being corrected). Raises `UnknownDuty`, `DutyOfAnotherTier`, `DutyAlreadyRecorded`, and the refusals of
    `domain.duty_rules.check_done`.
    """
    with store.write("mark_duty_done") as w:
        rule = _rule_for(w.session, unit_id, duty)
        check_done(rule, period, done_on, w.now.date())
        fields = DutyDoneFields.read(
            {"unit_id": unit_id, "duty": duty, "period": period, "done_on": done_on, "note": note}
        )
        known = w.session.get(DutyDone, (unit_id, duty, period))
        if known is not None and rule.rhythm is Rhythm.CASE and not again:
            raise DutyAlreadyRecorded(duty=rule.title, date=done_on)
        w.session.merge(DutyDone.model_validate(fields.model_dump()))
        w.note(Subject.DUTIES, f"{duty}:{period}", {"done_on": done_on, "note": fields.note})
        return w.changes(f"{duty}:{period}")


def withdraw_duty_done(store: Store, unit_id: str, duty: str, period: str) -> Changes:
    """Take a record back; its files go with it (their bytes stay in the folder). Raises `DutyNotRecorded`."""
    with store.write("withdraw_duty_done") as w:
        known = w.session.get(DutyDone, (unit_id, duty, period))
        if known is None:
            raise DutyNotRecorded
        w.session.delete(known)
        record = duty_record(duty, period)
        for attachment in w.session.exec(
            select(Attachment).where(Attachment.subject == Subject.DUTIES.value, Attachment.record_id == record)
        ):
            detach_in(w, attachment)
        w.note(Subject.DUTIES, f"{duty}:{period}", {"withdrawn": True})
        return w.changes(f"{duty}:{period}")


def attach_to_duty(store: Store, paths: FolderPaths, unit_id: str, duty: str, period: str, source: Path) -> Changes:
    """Keep a file as evidence for a duty's period. Raises what reading and storing the file raises."""
    with store.write("attach_to_duty") as w:
        _rule_for(w.session, unit_id, duty)
        key = attach_in(w, paths, Subject.DUTIES, duty_record(duty, period), source)
        return w.changes(key)


def detach_from_duty(store: Store, attachment_id: str) -> Changes:
    """Take a file off a duty. Raises `DutyNotRecorded` where there is none."""
    with store.write("detach_from_duty") as w:
        attachment = w.session.get(Attachment, attachment_id)
        if attachment is None or attachment.subject != Subject.DUTIES.value:
            raise DutyNotRecorded
        detach_in(w, attachment)
        return w.changes(attachment_id)


def _rule_for(session: Session, unit_id: str, duty: str) -> DutyRule:
    rule = duty_of(duty)
    unit = session.get(Unit, unit_id)
    if unit is None or unit.tier not in rule.tiers:
        raise DutyOfAnotherTier(duty=rule.title)
    return rule
