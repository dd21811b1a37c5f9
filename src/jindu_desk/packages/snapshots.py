"""Enrolments, directives and answers: whether what they say is the sender's to say, and fits together.

All three are snapshots. Their table ``history`` names every earlier package of the chain, so that a number cannot be
invented: number 999999999 would have to bring 999999998 rows.
"""

from __future__ import annotations

from collections.abc import Mapping

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.errors.packages import EnrolmentNotOwn, HistoryBroken, OwnKeyUnproven, RowsOutsideScope
from jindu_desk.packages.descriptor import Descriptor
from jindu_desk.packages.keys import PublicKey
from jindu_desk.packages.rows import Rows
from jindu_desk.packages.scope import own_units
from jindu_desk.packages.signature import proves


def check_snapshot(descriptor: Descriptor, tables: Mapping[str, Rows], signer: PublicKey) -> None:
    """Raises `HistoryBroken`, `EnrolmentNotOwn`, `OwnKeyUnproven` or `RowsOutsideScope`."""
    _check_history(descriptor, tables["history"])
    if descriptor.kind is PackageKind.ENROLMENT:
        _check_enrolment(descriptor, tables, signer)
    elif descriptor.kind is PackageKind.DIRECTIVE:
        _check_directive(descriptor, tables, signer)
    else:
        _check_answer(descriptor, tables)


def _check_history(descriptor: Descriptor, history: Rows) -> None:
    hashes = {row["number"]: row["descriptor_sha256"] for row in history}
    # The numbers up to an invented one are never counted through: its own history is too short for them.
    complete = len(hashes) == len(history) == descriptor.number - 1
    if not complete or any(number not in hashes for number in range(1, descriptor.number)):
        raise HistoryBroken(number=descriptor.number)
    if hashes.get(descriptor.number - 1) != descriptor.previous:
        raise HistoryBroken(number=descriptor.number)


def _check_enrolment(descriptor: Descriptor, tables: Mapping[str, Rows], signer: PublicKey) -> None:
    """A unit speaks for itself alone, with every key proven by itself."""
    units = tables["units"]
    if [row["id"] for row in units] != [descriptor.stream] or units[0]["tier"] is not descriptor.sender.tier:
        raise RowsOutsideScope(table="units", row=2)
    rows = [*tables["signers"], *tables["recipients"], *tables["unit_versions"]]
    counting = {row["public_key"] for row in tables["signers"] if row["revoked_at"] is None}
    if any(row["unit_id"] != descriptor.stream for row in rows) or signer.line not in counting:
        raise EnrolmentNotOwn
    _check_proofs(tables["signers"], {descriptor.stream})


def _check_directive(descriptor: Descriptor, tables: Mapping[str, Rows], signer: PublicKey) -> None:
    own = own_units(descriptor, tables, f"{descriptor.created:%Y-%m}")
    for name in ("signers", "recipients"):
        for number, row in enumerate(tables[name], 2):
            if row["unit_id"] not in own or (name == "recipients" and row["unit_id"] != descriptor.stream):
                raise RowsOutsideScope(table=name, row=number)
    if signer.line not in {row["public_key"] for row in tables["signers"] if row["unit_id"] == descriptor.stream}:
        raise OwnKeyUnproven(fingerprint=signer.fingerprint)
    _check_proofs(tables["signers"], {descriptor.stream})


def _check_proofs(signers: Rows, must: set[str]) -> None:
    """Every proof holds, and the keys of the units in ``must`` that still count have one."""
    for row in signers:
        unit_id, key, proof = str(row["unit_id"]), PublicKey.parse(str(row["public_key"])), str(row["proof"])
        needed = unit_id in must and row["revoked_at"] is None
        if (proof or needed) and not proves(unit_id, key, proof):
            raise OwnKeyUnproven(fingerprint=key.fingerprint)


def _check_answer(descriptor: Descriptor, tables: Mapping[str, Rows]) -> None:
    if [row["unit_id"] for row in tables["standing"]] != [descriptor.receiver.id]:
        raise RowsOutsideScope(table="standing", row=2)
    returned = {row["number"] for row in tables["receipts"] if row["state"] == "returned"}
    for number, row in enumerate(tables["remarks"], 2):
        if row["number"] not in returned:
            raise RowsOutsideScope(table="remarks", row=number)
