"""What a superior directs: units, signers, recipients, targets, rules, deadlines. And what a unit enrols of itself."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, NaiveDatetime

from jindu_desk.domain.fields import AgeRecipient, Fields, Id, KeyLine, LongText, Proof, Sha256, ShortText


class HistoryFields(Fields):
    """An earlier package of the same chain. All of them stand in a directive and an answer."""

    number: Annotated[int, Field(ge=1, le=2**31 - 1)]
    descriptor_sha256: Sha256


class RosterFields(Fields):
    """A key of a unit as packages carry it; validity as in ``allowed_signers``, times naive local.

    ``proof``: SSHSIG by that key over ``<unit id> <key line>\\n`` under ``enrolment@jindu-desk``.
    """

    unit_id: Id
    public_key: KeyLine
    keeper: ShortText
    valid_after: NaiveDatetime | None = None
    valid_before: NaiveDatetime | None = None
    revoked_at: NaiveDatetime | None = None
    revoked_reason: LongText = ""
    proof: Proof = ""


class RecipientKeyFields(Fields):
    """An age recipient of the sender as packages carry it."""

    unit_id: Id
    recipient: AgeRecipient
    keeper: ShortText
    since: NaiveDatetime
