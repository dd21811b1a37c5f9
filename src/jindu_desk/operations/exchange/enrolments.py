"""Enrolments: what a unit says of its own keys, and how its superior takes it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlmodel import Session, col, select

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.exchange import PackageKind, RecipientFields, SignerFields
from jindu_desk.domain.months import Month
from jindu_desk.errors.exchange import VERDICT_SENTENCES, NoReceiver
from jindu_desk.operations.exchange.keys import own_keys
from jindu_desk.operations.exchange.recall import recall_packages
from jindu_desk.operations.exchange.writing import Outgoing, Placed, history_rows, placing
from jindu_desk.packages.keys import PublicKey, fingerprint_groups
from jindu_desk.packages.schema import Row
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.chains import recipients_in
from jindu_desk.queries.exchange.rows import recipient_rows, roster_rows, unit_rows
from jindu_desk.queries.units import own_unit_in
from jindu_desk.settings.keys import KeyVault
from jindu_desk.store.engine import Store, Write
from jindu_desk.store.tables import Recipient, Signer


def write_enrolment(store: Store, vault: KeyVault, paths: FolderPaths, target: Path) -> Placed:
    """Write this desk's public keys, each proven by itself, for its superior to enrol.

    Readable by anyone unless the superior's recipient is known: it holds public keys only. Raises `NoReceiver`,
    `NoSigningKey` and what `writing.Placing.place` raises.
    """
    keys = own_keys(store, vault)
    recall_packages(store, paths, keys.signing.public.fingerprint)
    with placing(paths, keys, target) as files, store.write("write_enrolment") as w:
        own = own_unit_in(w.session, Month.of(w.now.date()))
        if own is None or own.superior is None:
            raise NoReceiver
        outgoing = Outgoing(
            kind=PackageKind.ENROLMENT,
            sender=own.unit,
            receiver=own.superior,
            tables={
                "history": history_rows(w.session, PackageKind.ENROLMENT, own.unit, own.superior),
                **unit_rows(w.session, [own.unit.id]),
                "signers": roster_rows(w.session, [own.unit.id], own=own.unit.id),
                "recipients": recipient_rows(w.session, own.unit.id),
            },
            recipients=recipients_in(w.session, own.superior.id),
        )
        placed = files.place(w, outgoing)
        w.note(Subject.EXCHANGE, f"enrolment:{placed.number}", {"descriptor": placed.descriptor_sha256})
    return placed


def apply_enrolment(w: Write, package: VerifiedPackage) -> str:
    """Take over the keys of a unit whose signing key is trusted already. Returns what was said of it.

    A new key needs no other comparison: the known key signed for it, and it proved itself. What the unit revoked or
    does not list any more ends here too; revoked keys never come back.
    """
    unit_id = package.descriptor.stream
    added, ended = take_keys(w, unit_id, package.tables["signers"])
    fresh, gone = take_recipients(w, unit_id, package.tables["recipients"])
    w.note(Subject.EXCHANGE, unit_id, {"keys": added, "revoked": ended, "recipients": fresh, "ended": gone})
    signing = w.session.exec(select(Signer).where(Signer.unit_id == unit_id).order_by(col(Signer.fingerprint))).all()
    lines = [*_key_lines(signing, added, ended)]
    lines += [VERDICT_SENTENCES["recipient_new"]] * len(fresh) + [VERDICT_SENTENCES["recipient_ended"]] * len(gone)
    said = VERDICT_SENTENCES["enrolled" if lines else "enrolled_same"].format(
        number=package.descriptor.number,
        keys=sum(key.revoked_at is None for key in signing),
        recipients=len(recipients_in(w.session, unit_id)),
    )
    return "\n".join((said, *lines))


def _key_lines(signing: Sequence[Signer], added: Sequence[str], ended: Sequence[str]) -> Iterator[str]:
    """What counts now that did not before, and what ended, with the reason that its unit gave."""
    for key in signing:
        fingerprint = " ".join(fingerprint_groups(key.fingerprint))
        if key.fingerprint in ended:
            word = "key_ended" if key.revoked_reason else "key_ended_without_reason"
            yield VERDICT_SENTENCES[word].format(fingerprint=fingerprint, reason=key.revoked_reason)
        elif key.fingerprint in added:
            yield VERDICT_SENTENCES["key_new"].format(fingerprint=fingerprint)


def take_keys(w: Write, unit_id: str, rows: Sequence[dict[str, object]]) -> tuple[list[str], list[str]]:
    """Bring the keys of ``unit_id`` in line with ``rows`` (as `RosterFields`). Returns the fingerprints that are new
    and those that were revoked. Keys that are only missing stay: who lists too little must not lock anybody out."""
    known = {row.public_key: row for row in w.session.exec(select(Signer).where(Signer.unit_id == unit_id))}
    added: list[str] = []
    revoked: list[str] = []
    for row in rows:
        line = str(row["public_key"])
        signer = known.get(line)
        if signer is None:
            if _belongs_to_other(w.session, line, unit_id):
                continue
            signer = _new_signer(unit_id, row)
            added.append(signer.fingerprint)
        if row["revoked_at"] is not None and signer.revoked_at is None:
            signer.revoked_at = w.now
            signer.revoked_reason = str(row["revoked_reason"])
            revoked.append(signer.fingerprint)
        signer.proof = signer.proof or str(row["proof"])
        if not signer.own:
            signer.valid_after, signer.valid_before = row["valid_after"], row["valid_before"]  # type: ignore[assignment]
        w.session.add(signer)
    w.session.flush()
    return added, revoked


def take_recipients(w: Write, unit_id: str, rows: Sequence[dict[str, object]]) -> tuple[list[str], list[str]]:
    """The age recipients of ``unit_id`` are those of ``rows``. Returns those that are new and those that ended."""
    told = {str(row["recipient"]): row for row in rows}
    known = {row.recipient: row for row in w.session.exec(select(Recipient).where(Recipient.unit_id == unit_id))}
    for recipient, there in known.items():
        if recipient not in told and there.ended_at is None and not there.own:
            there.ended_at = w.now
            w.session.add(there)
    fresh = [recipient for recipient in told if recipient not in known or known[recipient].ended_at is not None]
    for recipient in fresh:
        row = told[recipient]
        fields = RecipientFields.read(
            {"unit_id": unit_id, "recipient": recipient, "keeper": row["keeper"], "since": row["since"]}
        )
        w.session.merge(Recipient.model_validate(fields.model_dump()))
    gone = [r for r, there in known.items() if r not in told and not there.own and there.ended_at == w.now]
    w.session.flush()
    return sorted(fresh), sorted(gone)


def _belongs_to_other(session: Session, line: str, unit_id: str) -> bool:
    query = select(Signer.id).where(Signer.public_key == line, col(Signer.unit_id) != unit_id)
    return session.exec(query).first() is not None


def _new_signer(unit_id: str, row: Row) -> Signer:
    line = str(row["public_key"])
    fields = SignerFields.read(
        {
            "unit_id": unit_id,
            "public_key": line,
            "fingerprint": PublicKey.parse(line).fingerprint,
            "keeper": row["keeper"],
            "valid_after": row["valid_after"],
            "valid_before": row["valid_before"],
            "proof": row["proof"],
        }
    )
    return Signer.model_validate({"id": str(uuid.uuid4()), **fields.model_dump()})
