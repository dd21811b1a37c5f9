"""Files that this desk wrote itself, lying in a folder that is read."""

from __future__ import annotations

from sqlmodel import select

from jindu_desk.errors.exchange import FILE_WORDS
from jindu_desk.errors.packages import AddressedToOther, KeyRevoked, OwnPackage
from jindu_desk.files import sha256_hex
from jindu_desk.packages.roster import Roster
from jindu_desk.packages.verify import VerifiedPackage, verify_package
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Received


def verified_for(signed: bytes, roster: Roster, receiver: str) -> VerifiedPackage:
    """As `verify_package`, but what this desk wrote itself is `OwnPackage`, also where it was written for another or
    with a key that was given up since. A key that is not on record here proves nothing: that is no package of ours."""
    try:
        package = verify_package(signed, roster, receiver)
    except (AddressedToOther, KeyRevoked):
        package = verify_package(signed, None)
        if package.descriptor.stream != receiver or all(
            entry.unit_id != receiver for entry in roster.owners(package.key)
        ):
            raise
    if package.descriptor.stream == receiver:
        about = package.descriptor
        raise OwnPackage(number=about.number, what=FILE_WORDS[about.kind.value])
    return package


def kept_before(store: Store, content: bytes) -> bool:
    """Own files are not kept: their copy is kept as sent. One may have been kept as not trusted, and is then told
    apart from what can be read again."""
    with store.read() as session:
        query = select(Received.id).where(Received.file_sha256 == sha256_hex(content))
        return session.exec(query).first() is not None
