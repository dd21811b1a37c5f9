"""Ed25519 signing keys in OpenSSH's forms, so that ssh-keygen reads them too.

``cryptography`` is imported inside the functions: the first window must not pay for it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jindu_desk.errors.exchange import NotAPublicKey, SigningKeyUnreadable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ALGORITHM = "ssh-ed25519"
_PREFIX = struct.pack(">I", len(ALGORITHM)) + ALGORITHM.encode() + struct.pack(">I", 32)
_GROUP = 4


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The 32 bytes of an Ed25519 public key."""

    raw: bytes

    @property
    def blob(self) -> bytes:
        """SSH wire form: string "ssh-ed25519", string raw."""
        return _PREFIX + self.raw

    @property
    def line(self) -> str:
        """``ssh-ed25519 AAAA…``, without comment: how a key is stored and compared."""
        return f"{ALGORITHM} {base64.b64encode(self.blob).decode()}"

    @property
    def fingerprint(self) -> str:
        """``SHA256:…`` as ``ssh-keygen -l`` prints it."""
        digest = hashlib.sha256(self.blob).digest()
        return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")

    @classmethod
    def from_blob(cls, blob: bytes) -> PublicKey:
        """Raises `NotAPublicKey` for anything but an Ed25519 key."""
        if len(blob) != len(_PREFIX) + 32 or not blob.startswith(_PREFIX):
            raise NotAPublicKey
        return cls(blob[len(_PREFIX) :])

    @classmethod
    def parse(cls, line: str) -> PublicKey:
        """Read ``ssh-ed25519 AAAA… [comment]``; raises `NotAPublicKey`."""
        words = line.split()
        if len(words) < 2 or words[0] != ALGORITHM:
            raise NotAPublicKey
        try:
            return cls.from_blob(base64.b64decode(words[1], validate=True))
        except binascii.Error as error:
            raise NotAPublicKey from error

    def verifies(self, signature: bytes, message: bytes) -> bool:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key. It shows itself nowhere: ``repr`` names only the fingerprint."""

    _key: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def generate(cls) -> SigningKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_text(cls, text: str) -> SigningKey:
        """Read OpenSSH's private form (what ``text`` gives); raises `SigningKeyUnreadable`."""
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_ssh_private_key

        try:
            key = load_ssh_private_key(text.encode(), password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise SigningKeyUnreadable from error
        if not isinstance(key, Ed25519PrivateKey):
            raise SigningKeyUnreadable
        return cls(key)

    @property
    def text(self) -> str:
        """OpenSSH's private form, unencrypted: for the vault only."""
        from cryptography.hazmat.primitives import serialization

        return self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.OpenSSH,
            serialization.NoEncryption(),
        ).decode("ascii")

    @property
    def public(self) -> PublicKey:
        return PublicKey(self._key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the signature."""
        return self._key.sign(message)


def fingerprint_groups(fingerprint: str) -> tuple[str, ...]:
    """The fingerprint without ``SHA256:`` in groups of four, as people read it to each other."""
    plain = fingerprint.removeprefix("SHA256:")
    return tuple(plain[start : start + _GROUP] for start in range(0, len(plain), _GROUP))


def same_fingerprint(one: str, other: str) -> bool:
    """Whether two fingerprints are the same, however they were spaced or prefixed. Case counts."""
    return _bare(one) == _bare(other) != ""


def _bare(fingerprint: str) -> str:
    plain = "".join(ch for ch in fingerprint if ch.isascii() and (ch.isalnum() or ch in ":+/"))
    return plain.removeprefix("SHA256:")
