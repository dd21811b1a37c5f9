"""Packages as the store remembers them: keys, what was sent, what was received, which months are closed."""

from __future__ import annotations

from enum import StrEnum

from pydantic import NaiveDatetime

from jindu_desk.domain.fields import Fields, Id, LongText, MonthText, Sha256, ShortText, Token


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
    """A key of a unit and who keeps it. ``compared_at``: when a person compared the fingerprint."""

    unit_id: Id
    public_key: Token  # OpenSSH: ssh-ed25519 AAAA…
    fingerprint: Token  # SHA256:…
    keeper: ShortText
    valid_after: NaiveDatetime | None = None
    valid_before: NaiveDatetime | None = None
    compared_at: NaiveDatetime | None = None
    revoked_at: NaiveDatetime | None = None
    own: bool = False


class SentFields(Fields):
    """A package that was written, read back and verified. Numbers run 1, 2, 3 … per stream, without gaps."""

    stream: Id
    number: int
    kind: PackageKind
    period: MonthText | None = None
    revision: int = 1
    reason: LongText = ""
    descriptor_sha256: Sha256
    file_sha256: Sha256
    file_name: ShortText
    written_to: LongText
    sent_at: NaiveDatetime
    signer: Token  # fingerprint


class ReceivedFields(Fields):
    """A package as received, kept under ``received/<file_sha256>.jdpkg`` whatever its verdict."""

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


class MonthLockFields(Fields):
    """A month that was reported. It is closed while ``reopened_at`` is empty."""

    unit_id: Id
    month: MonthText
    sent_number: int
    locked_at: NaiveDatetime
    reopened_at: NaiveDatetime | None = None
    reopened_by: ShortText = ""
    reopen_reason: LongText = ""
