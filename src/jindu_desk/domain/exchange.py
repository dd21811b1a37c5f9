"""Packages as the store remembers them: keys, what was sent, what was received, which months are closed."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, NaiveDatetime

from jindu_desk.domain.fields import (
    AgeRecipient,
    Fields,
    Hashes,
    Id,
    LongText,
    MonthText,
    Proof,
    Sha256,
    ShortText,
    Token,
)


class PackageKind(StrEnum):
    ENROLMENT = "enrolment"
    DIRECTIVE = "directive"
    REPORT = "report"
    ANSWER = "answer"

    @property
    def namespace(self) -> str:
        """The SSHSIG namespace, so that a signature made for one kind never counts for another."""
        return f"{self.value}@jindu-desk"


class Verdict(StrEnum):
    """What became of a package that was handed in; exactly one each."""

    NEW = "new"
    SAME = "same"
    REVISION = "revision"
    OLDER = "older"
    GAP = "gap"
    FORK = "fork"
    NOT_FOR_US = "not_for_us"
    UNTRUSTED = "untrusted"
    DAMAGED = "damaged"
    LOCKED = "locked"


class SignerFields(Fields):
    """A key of a unit and who keeps it. ``compared_at``: when a person compared the fingerprint; None for a key that
    a directive or an enrolment signed by a known key brought. ``proof``: that its holder has the private half."""

    unit_id: Id
    public_key: Token  # OpenSSH: ssh-ed25519 AAAA…
    fingerprint: Token  # SHA256:…
    keeper: ShortText
    valid_after: NaiveDatetime | None = None
    valid_before: NaiveDatetime | None = None
    compared_at: NaiveDatetime | None = None
    revoked_at: NaiveDatetime | None = None
    own: bool = False
    proof: Proof = ""
    revoked_reason: LongText = ""


class RecipientFields(Fields):
    """An age recipient of a unit: what is for it is encrypted to all that have not ended."""

    unit_id: Id
    recipient: AgeRecipient
    keeper: ShortText
    since: NaiveDatetime
    ended_at: NaiveDatetime | None = None
    own: bool = False


class SentFields(Fields):
    """A package that was written, read back and verified.

    Numbers run 1, 2, 3 … without gaps per chain: stream, kind and receiver. ``file_sha256``: of the signed ZIP, as
    it is kept under ``sent``; ``encrypted``: whether what left the house was encrypted. ``audit_size``: how many
    rows the audit chain had.
    """

    stream: Id
    kind: PackageKind
    receiver: Id
    number: int
    period: MonthText | None = None
    revision: int = 1
    reason: LongText = ""
    descriptor_sha256: Sha256
    file_sha256: Sha256
    file_name: ShortText
    written_to: LongText
    sent_at: NaiveDatetime
    signer: Token  # fingerprint
    encrypted: bool = False
    audit_size: int = 0


class ReceivedFields(Fields):
    """A package as received, kept under ``received/<file_sha256>.jdpkg`` whatever its verdict.

    What was encrypted and could be opened is kept as the signed ZIP inside: losing a key must not lose data.
    ``audit_size`` and ``audit_root``: the sender's audit chain as this report shows it; ``audit_continues``: whether
    that chain contains the one of the report before (None: nothing to compare).
    """

    file_sha256: Sha256
    file_name: ShortText
    received_at: NaiveDatetime
    verdict: Verdict
    counted: bool = False  # its rows are in the tables now
    stream: Id | None = None
    kind: PackageKind | None = None
    from_unit: ShortText = ""
    period: MonthText | None = None
    number: int | None = None
    revision: int | None = None
    descriptor_sha256: Sha256 | None = None
    previous_sha256: Sha256 | None = None
    audit_head: Token = ""
    signer: Token = ""
    explanation: LongText = ""  # the verdict in words, as shown when it was received
    decided_reason: LongText = ""  # for a fork: why a person chose this one
    encrypted: bool = False
    audit_size: int | None = None
    audit_root: Token = ""
    audit_continues: bool | None = None


class AuditFields(Fields):
    """The sender's audit chain in a report: ``root`` over its first ``size`` rows, and the proof that it contains
    the first ``since`` rows, which is what the report before it showed (`domain.audit_tree`)."""

    size: Annotated[int, Field(ge=0, le=2**31 - 1)]
    root: Sha256
    since: Annotated[int, Field(ge=0, le=2**31 - 1)]
    proof: Hashes = ""


class MonthLockFields(Fields):
    """A month that was reported. It is closed while ``reopened_at`` is empty."""

    unit_id: Id
    month: MonthText
    sent_number: int
    locked_at: NaiveDatetime
    reopened_at: NaiveDatetime | None = None
    reopened_by: ShortText = ""
    reopen_reason: LongText = ""
