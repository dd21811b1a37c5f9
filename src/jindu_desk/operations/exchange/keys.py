"""Keys: this desk's own, and those of others after a person compared the fingerprint."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import select
from sqlmodel.sql.expression import SelectOfScalar

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.exchange import RecipientFields, SignerFields
from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.months import Month
from jindu_desk.errors.exchange import (
    FingerprintDiffers,
    KeyAlreadyTrusted,
    KeyIsRevoked,
    KeyTrustedForOther,
    NoSigningKey,
    NoSuchSigner,
    SigningKeyExists,
)
from jindu_desk.errors.units import UnknownUnit
from jindu_desk.operations.saving import save_file
from jindu_desk.packages.keys import PublicKey, SigningKey, same_fingerprint
from jindu_desk.packages.sealing import Identity
from jindu_desk.packages.signature import prove
from jindu_desk.queries.exchange.keys import roster_texts
from jindu_desk.queries.units import unit_in
from jindu_desk.settings.keys import IDENTITY, SIGNING, KeyVault
from jindu_desk.store.engine import Store, Write
from jindu_desk.store.tables import Profile, Recipient, Signer


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """This desk's private halves, opened from the vault."""

    signing: SigningKey
    identity: Identity


def own_keys(store: Store, vault: KeyVault) -> OwnKeys:
    """Both private halves. Raises `NoSigningKey`, also where the one in the vault was revoked, and the vault's errors.

    A folder of an older program has no age identity and no proof yet: they are made here and recorded. An identity
    whose recipient has ended (the vault refused while keys were replaced) is followed by a new one.
    """
    signing = signing_key(vault)
    text = vault.secret(IDENTITY)
    identity = Identity.from_text(text) if text is not None else None
    with store.read() as session:
        profile = session.exec(select(Profile)).one()
        there = session.get(Recipient, (profile.unit_id, identity.recipient)) if identity else None
        known, ended = there is not None, there is not None and there.ended_at is not None
        signers = session.exec(_signers(profile.unit_id, signing.public)).all()
        proven, revoked = all(row.proof for row in signers), any(row.revoked_at is not None for row in signers)
    if revoked:
        raise NoSigningKey
    if identity is None or ended:
        identity, known = Identity.generate(), False
        vault.keep(IDENTITY, identity.text)
    if not (known and proven):
        with store.write("complete_own_keys") as w:
            profile = w.session.exec(select(Profile)).one()
            if not known:
                _record_recipient(w, profile.unit_id, identity.recipient, profile.keeper)
            for row in w.session.exec(_signers(profile.unit_id, signing.public)):
                row.proof = row.proof or prove(profile.unit_id, signing)
                w.session.add(row)
    return OwnKeys(signing, identity)


def own_identities(vault: KeyVault) -> list[Identity]:
    """What opens packages that are encrypted to this desk; empty where there is none yet. Raises the vault's errors."""
    text = vault.secret(IDENTITY)
    return [] if text is None else [Identity.from_text(text)]


def _record_recipient(w: Write, unit_id: str, recipient: str, keeper: str) -> None:
    fields = RecipientFields.read(
        {"unit_id": unit_id, "recipient": recipient, "keeper": keeper, "since": w.now, "own": True}
    )
    w.session.add(Recipient.model_validate(fields.model_dump()))
    w.note(Subject.EXCHANGE, recipient, {"own_recipient": recipient})


def create_signing_key(store: Store, vault: KeyVault) -> Changes:
    """Make this desk's signing key, or record the one that the vault holds already.

    Raises `SigningKeyExists` where it is made and recorded, and the vault's errors. The private half goes to the
    vault before anything is recorded, so that a crash in between leaves a key to be recorded the next time.
    """
    text = vault.secret(SIGNING)
    key = SigningKey.from_text(text) if text is not None else SigningKey.generate()
    with store.write("create_signing_key") as w:
        profile = w.session.exec(select(Profile)).one()
        known = _signer_of(w, profile.unit_id, key.public)
        if known is not None and known.revoked_at is None:
            raise SigningKeyExists(fingerprint=known.fingerprint)
        if known is not None:
            key, text = SigningKey.generate(), None
        if text is None:
            vault.keep(SIGNING, key.text)
        signer_id = insert_signer(
            w, profile.unit_id, key.public, profile.keeper, own=True, proof=prove(profile.unit_id, key)
        )
        w.note(Subject.EXCHANGE, signer_id, {"own_key": key.public.fingerprint})
        changes = w.changes(signer_id)
    own_keys(store, vault)
    return changes


def trust_key(store: Store, unit_id: str, public_line: str, *, keeper: str, compared: str) -> Changes:
    """Enrol a unit's key. ``compared`` is the fingerprint as the other side read it out or as its form prints it.

    Raises `NotAPublicKey`, `FingerprintDiffers`, `TextMissing` without a keeper, `KeyAlreadyTrusted`,
    `KeyTrustedForOther`, `KeyIsRevoked`, `UnknownUnit`.
    """
    key = PublicKey.parse(public_line)
    if not same_fingerprint(key.fingerprint, compared):
        raise FingerprintDiffers
    keeper = clean_text(keeper, "keeper", required=True)
    with store.write("trust_key") as w:
        month = Month.of(w.now.date())
        unit = unit_in(w.session, unit_id, month)
        if unit is None:
            raise UnknownUnit(unit=unit_id)
        for known in w.session.exec(select(Signer).where(Signer.fingerprint == key.fingerprint)):
            if known.unit_id != unit_id:
                other = unit_in(w.session, known.unit_id, month)
                raise KeyTrustedForOther(unit=f"“{other.name if other else known.unit_id}”")
            if known.revoked_at is not None:
                raise KeyIsRevoked
            raise KeyAlreadyTrusted(unit=f"“{unit.name}”")
        signer_id = insert_signer(w, unit_id, key, keeper, own=False)
        w.note(Subject.EXCHANGE, signer_id, {"unit": unit_id, "fingerprint": key.fingerprint, "keeper": keeper})
        return w.changes(signer_id)


def revoke_key(store: Store, signer_id: str, reason: str = "") -> Changes:
    """From now on nothing signed with this key is taken any more. What was taken stays.

    ``reason`` is told to the units below by the next directive, and to the key's own unit by the next answer.
    """
    said = clean_text(reason, "reason")
    with store.write("revoke_key") as w:
        signer = w.session.get(Signer, signer_id)
        if signer is None:
            raise NoSuchSigner
        if signer.revoked_at is None:
            signer.revoked_at, signer.revoked_reason = w.now, said
            w.session.add(signer)
            w.note(Subject.EXCHANGE, signer_id, {"revoked": signer.fingerprint, "reason": said})
        return w.changes(signer_id)


def signing_key(vault: KeyVault) -> SigningKey:
    """This desk's private key; raises `NoSigningKey` and the vault's errors."""
    text = vault.secret(SIGNING)
    if text is None:
        raise NoSigningKey
    return SigningKey.from_text(text)


def _signer_of(w: Write, unit_id: str, key: PublicKey) -> Signer | None:
    return w.session.exec(_signers(unit_id, key)).one_or_none()


def _signers(unit_id: str, key: PublicKey) -> SelectOfScalar[Signer]:
    return select(Signer).where(Signer.unit_id == unit_id, Signer.fingerprint == key.fingerprint)


def insert_signer(
    w: Write, unit_id: str, key: PublicKey, keeper: str, *, own: bool, proof: str = "", signs: bool = True
) -> str:
    """Record a key; of one that does not sign yet nobody compared anything."""
    fields = SignerFields.read(
        {
            "unit_id": unit_id,
            "public_key": key.line,
            "fingerprint": key.fingerprint,
            "keeper": keeper,
            "compared_at": w.now if signs else None,
            "own": own,
            "proof": proof,
        }
    )
    signer_id = str(uuid.uuid4())
    w.session.add(Signer.model_validate({"id": signer_id, **fields.model_dump()}))
    return signer_id


def write_public_key(target: Path, line: str) -> None:
    """Write the line that another desk enrols into a text file. Raises as `save_file` does."""
    save_file(target, f"{line.strip()}\n".encode())


def write_roster_files(store: Store, target: Path) -> None:
    """Write ``allowed_signers`` to ``target`` and the revoked keys beside it (``.revoked``), for ssh-keygen.

    Raises as `save_file` does.
    """
    roster, revoked = roster_texts(store)
    save_file(target, roster.encode())
    save_file(target.with_name(f"{target.name}.revoked"), revoked.encode())
