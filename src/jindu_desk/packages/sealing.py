"""Encryption of a whole package with age (X25519), and its opening.

A file is told from a ZIP by its first bytes. The header is looked at before any key is tried: a forged one with a
million stanzas must not cost a million key agreements, and a passphrase stanza is never tried.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from jindu_desk.errors.exchange import IdentityUnreadable, RecipientUnreadable
from jindu_desk.errors.packages import PackageEncrypted, PackageTooLarge, SealDamaged
from jindu_desk.packages.container import LARGEST_FILE, MB

MAGIC = b"age-encryption.org/v1\n"
_ANY_AGE = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")
_LARGEST_HEADER = 16 * 1024
MOST_RECIPIENTS = 40
"""Stanzas that are tried: a receiver's PCs and the sender's own."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A private age identity. It shows itself nowhere: ``repr`` names only the recipient."""

    _text: str
    recipient: str

    def __repr__(self) -> str:
        return f"Identity({self.recipient})"

    @classmethod
    def generate(cls) -> Identity:
        from pyrage import x25519

        made = x25519.Identity.generate()
        return cls(str(made), str(made.to_public()))

    @classmethod
    def from_text(cls, text: str) -> Identity:
        """Read ``AGE-SECRET-KEY-1…``; raises `IdentityUnreadable`."""
        import pyrage

        try:
            made = pyrage.x25519.Identity.from_str(text.strip())
        except pyrage.IdentityError as error:
            raise IdentityUnreadable from error
        return cls(str(made), str(made.to_public()))

    @property
    def text(self) -> str:
        """age's private form: for the vault only."""
        return self._text


def is_sealed(content: bytes) -> bool:
    """Whether this is an encrypted file (of any age form), not a ZIP."""
    return content.startswith(_ANY_AGE)


def seal(content: bytes, recipients: Collection[str]) -> bytes:
    """Encrypt to all ``recipients`` (``age1…``); raises `RecipientUnreadable`."""
    import pyrage

    try:
        to = [pyrage.x25519.Recipient.from_str(recipient) for recipient in sorted(set(recipients))]
    except pyrage.RecipientError as error:
        raise RecipientUnreadable from error
    return bytes(pyrage.encrypt(content, to))


def unseal(content: bytes, identities: Sequence[Identity]) -> bytes:
    """The package inside; what is not encrypted comes back as it is.

    Raises `PackageEncrypted` where none of ``identities`` opens it, `SealDamaged` where it is cut or altered,
    `PackageTooLarge`.
    """
    if not is_sealed(content):
        return content
    if len(content) > LARGEST_FILE:
        raise PackageTooLarge(size=-(-len(content) // MB), limit=LARGEST_FILE // MB)
    _check_header(content)
    if not identities:
        raise PackageEncrypted
    import pyrage

    try:
        keys = [pyrage.x25519.Identity.from_str(identity.text) for identity in identities]
        return bytes(pyrage.decrypt(content, keys))
    except pyrage.DecryptError as error:
        # age tells a file that is not for these keys from one that was altered by its words only.
        if "No matching keys" in str(error):
            raise PackageEncrypted from error
        raise SealDamaged from error


def _check_header(content: bytes) -> None:
    """The form that we write: version 1, binary, X25519 stanzas (and age's own filler), few of them."""
    end = content.find(b"\n--- ", 0, _LARGEST_HEADER)
    if not content.startswith(MAGIC) or end < 0:
        raise SealDamaged
    stanzas = [line for line in content[len(MAGIC) - 1 : end].split(b"\n") if line.startswith(b"-> ")]
    if not 1 <= len(stanzas) <= MOST_RECIPIENTS or any(line.startswith(b"-> scrypt") for line in stanzas):
        raise SealDamaged
