"""When this desk's keys change: lost, a new PC, a successor, or simply another one. No path loses data.

What was received is kept decrypted, and what was sent is kept signed: whoever cannot open a package gets it handed out
again, encrypted to the new key.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.free_text import clean_text
from jindu_desk.errors.exchange import KeyChangeUnderWay, NoKeyToFollow, NoSigningKey
from jindu_desk.operations.exchange.keys import create_signing_key, insert_signer, own_keys
from jindu_desk.packages.keys import SigningKey
from jindu_desk.packages.signature import prove
from jindu_desk.queries.readiness import own_signer_in
from jindu_desk.settings.keys import IDENTITY, NEXT, SIGNING, KeyVault
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Profile, Recipient, Signer

_STAMP = "%Y%m%d-%H%M%S"


def replace_lost_keys(store: Store, vault: KeyVault, reason: str) -> Changes:
    """Revoke this desk's keys (of a lost PC, a forgotten passphrase, a predecessor) and make new ones.

    Others must compare the new fingerprint: nobody is left to sign for it. Raises the vault's errors; then the old keys
    are revoked already, and `create_signing_key` makes the new ones the next time.
    """
    said = clean_text(reason, "reason", required=True)
    with store.write("revoke_own_keys") as w:
        profile = w.session.exec(select(Profile)).one()
        for signer in _own_signers(w.session, profile.unit_id):
            signer.revoked_at, signer.revoked_reason = w.now, said
            w.session.add(signer)
            w.note(Subject.EXCHANGE, signer.id, {"revoked": signer.fingerprint, "reason": said})
        for recipient in w.session.exec(select(Recipient).where(col(Recipient.own).is_(True))):
            recipient.ended_at = recipient.ended_at or w.now
            w.session.add(recipient)
        stamp = f"{w.now:{_STAMP}}"
    vault.set_aside(stamp)
    vault.drop(NEXT)
    vault.drop(SIGNING)
    vault.drop(IDENTITY)
    return create_signing_key(store, vault)


def begin_key_change(store: Store, vault: KeyVault) -> Changes:
    """Make the key that is to follow. The next enrolment or directive, signed by the present key, introduces it; so
    nobody needs to compare it. Raises `NoSigningKey`, `KeyChangeUnderWay`, and the vault's errors."""
    own_keys(store, vault)
    if vault.secret(NEXT) is not None:
        raise KeyChangeUnderWay
    key = SigningKey.generate()
    vault.keep(NEXT, key.text)
    with store.write("begin_key_change") as w:
        profile = w.session.exec(select(Profile)).one()
        signer_id = insert_signer(
            w, profile.unit_id, key.public, profile.keeper, own=True, proof=prove(profile.unit_id, key), signs=False
        )
        w.note(Subject.EXCHANGE, signer_id, {"key_to_follow": key.public.fingerprint})
        return w.changes(signer_id)


def finish_key_change(store: Store, vault: KeyVault) -> Changes:
    """Sign with the key that was to follow from now on; the old one stays good for what it signed before.

    Raises `NoKeyToFollow` and the vault's errors.
    """
    text = vault.secret(NEXT)
    if text is None:
        raise NoKeyToFollow
    key = SigningKey.from_text(text)
    with store.write("finish_key_change") as w:
        profile = w.session.exec(select(Profile)).one()
        before = own_signer_in(w.session, profile.unit_id)
        found = [row for row in _own_signers(w.session, profile.unit_id) if row.fingerprint == key.public.fingerprint]
        if before is None or not found:
            raise NoSigningKey
        vault.keep(SIGNING, text)
        before.valid_before = w.now
        found[0].compared_at = w.now
        w.session.add_all([before, found[0]])
        w.note(Subject.EXCHANGE, found[0].id, {"signs_now": key.public.fingerprint})
        changes = w.changes(found[0].id)
    vault.drop(NEXT)
    return changes


def _own_signers(session: Session, unit_id: str) -> list[Signer]:
    query = select(Signer).where(Signer.unit_id == unit_id, col(Signer.own).is_(True), col(Signer.revoked_at).is_(None))
    return list(session.exec(query))
