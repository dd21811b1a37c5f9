"""Handing out once more what was sent: a lost stick, a number that is missing there, a receiver with a new key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.months import Month
from jindu_desk.errors.exchange import NoSuchSent
from jindu_desk.operations.exchange.keys import own_keys
from jindu_desk.operations.exchange.writing import placing
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.chains import recipients_in
from jindu_desk.queries.units import own_unit_in
from jindu_desk.settings.keys import KeyVault
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Sent


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A package that lies at ``path`` once more; ``bytes``: of the file."""

    path: Path
    number: int
    bytes: int
    encrypted: bool


def hand_out_again(
    store: Store, vault: KeyVault, paths: FolderPaths, kind: PackageKind, receiver: str, number: int, target: Path
) -> HandedOut:
    """Write package ``number`` of this desk's chain to ``receiver`` once more: the same contents under the same number,
    encrypted to the keys that the receiver has by now, and signed anew where the old key was revoked. No number is used
    up, nothing is locked.

    Raises `NoSuchSent`, `SentCopyMissing`, `ListsLostKey` and what `writing.Placing.place` raises.
    """
    keys = own_keys(store, vault)
    with placing(paths, keys, target) as files, store.write("hand_out_again") as w:
        own = own_unit_in(w.session, Month.of(w.now.date()))
        row = w.session.get(Sent, (own.unit.id, kind, receiver, number)) if own else None
        if row is None:
            raise NoSuchSent(number=number)
        readable = kind is PackageKind.DIRECTIVE
        recipients = () if readable else recipients_in(w.session, receiver)
        path, size = files.place_again(w.session, row, recipients)
        w.note(Subject.EXCHANGE, f"{kind.value}:{number}", {"handed_out_again": str(target)})
    return HandedOut(path, number, size, bool(recipients))
