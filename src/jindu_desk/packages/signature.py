"""SSHSIG: the armored signature that ``ssh-keygen -Y verify`` checks.

Format: PROTOCOL.sshsig of OpenSSH. Of what it allows we write and take one form only: Ed25519, sha512, no reserved
data, nothing after the end.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from dataclasses import dataclass

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.errors.exchange import NotAPublicKey
from jindu_desk.errors.packages import SignatureOfOtherKind, SignatureUnreadable, SignatureWrong, UntrustedPackage
from jindu_desk.packages.keys import ALGORITHM, PublicKey, SigningKey

_MAGIC = b"SSHSIG"
_VERSION = 1
_HASH = b"sha512"
_ENROLMENT = PackageKind.ENROLMENT.namespace
_LINE = 70  # what ssh-keygen prints
LARGEST = 4096  # bytes of an armored signature; ours take under 400
_ARMOR = re.compile(
    rb"-----BEGIN SSH SIGNATURE-----\r?\n((?:[A-Za-z0-9+/=]{1,76}\r?\n)+)-----END SSH SIGNATURE-----\r?\n?"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature taken apart; nothing is proven yet."""

    key: PublicKey
    namespace: str
    signature: bytes  # 64 bytes


def sign(message: bytes, key: SigningKey, namespace: str) -> bytes:
    """The armored signature of ``message``."""
    text = base64.b64encode(_signed_blob(message, key, namespace))
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    return b"\n".join((b"-----BEGIN SSH SIGNATURE-----", *lines, b"-----END SSH SIGNATURE-----", b""))


def prove(unit_id: str, key: SigningKey) -> str:
    """What shows that whoever enrols ``key`` for ``unit_id`` holds it: the base64 of an SSHSIG, on one line."""
    return base64.b64encode(_signed_blob(_statement(unit_id, key.public), key, _ENROLMENT)).decode()


def proves(unit_id: str, key: PublicKey, proof: str) -> bool:
    """Whether ``proof`` was made by ``key`` for ``unit_id``."""
    try:
        found = _read_blob(base64.b64decode(proof, validate=True))
        check_signature(_statement(unit_id, key), found, _ENROLMENT)
    except (binascii.Error, ValueError, UntrustedPackage):
        return False
    return found.key == key


def _statement(unit_id: str, key: PublicKey) -> bytes:
    return f"{unit_id} {key.line}\n".encode()


def _signed_blob(message: bytes, key: SigningKey, namespace: str) -> bytes:
    raw = key.sign(_to_be_signed(message, namespace))
    return b"".join(
        (
            _MAGIC,
            struct.pack(">I", _VERSION),
            _string(key.public.blob),
            _string(namespace.encode("ascii")),
            _string(b""),
            _string(_HASH),
            _string(_string(ALGORITHM.encode()) + _string(raw)),
        )
    )


def read_signature(armored: bytes) -> Signature:
    """Take an armored signature apart; raises `SignatureUnreadable`."""
    match = _ARMOR.fullmatch(armored) if len(armored) <= LARGEST else None
    if match is None:
        raise SignatureUnreadable(reason="armor")
    try:
        blob = base64.b64decode(b"".join(match[1].split()), validate=True)
    except binascii.Error as error:
        raise SignatureUnreadable(reason="armor") from error
    return _read_blob(blob)


def _read_blob(blob: bytes) -> Signature:
    if not blob.startswith(_MAGIC + struct.pack(">I", _VERSION)):
        raise SignatureUnreadable(reason="version")
    parts = _strings(blob[len(_MAGIC) + 4 :])
    if len(parts) != 5:
        raise SignatureUnreadable(reason="structure")
    key, namespace, reserved, algorithm, signature = parts
    inner = _strings(signature)
    if reserved or algorithm != _HASH or len(inner) != 2 or inner[0] != ALGORITHM.encode():
        raise SignatureUnreadable(reason="algorithm")
    if len(inner[1]) != 64 or not namespace.isascii():
        raise SignatureUnreadable(reason="structure")
    try:
        return Signature(PublicKey.from_blob(key), namespace.decode("ascii"), inner[1])
    except NotAPublicKey as error:
        raise SignatureUnreadable(reason="algorithm") from error


def check_signature(message: bytes, signature: Signature, namespace: str) -> None:
    """Prove that the key in ``signature`` signed ``message`` for ``namespace``.

    Raises `SignatureOfOtherKind` or `SignatureWrong`. Whose key it is, the roster must say.
    """
    if signature.namespace != namespace:
        raise SignatureOfOtherKind(found=signature.namespace[:40], wanted=namespace)
    if not signature.key.verifies(signature.signature, _to_be_signed(message, namespace)):
        raise SignatureWrong


def _to_be_signed(message: bytes, namespace: str) -> bytes:
    digest = hashlib.sha512(message).digest()
    return _MAGIC + _string(namespace.encode("ascii")) + _string(b"") + _string(_HASH) + _string(digest)


def _string(value: bytes) -> bytes:
    return struct.pack(">I", len(value)) + value


def _strings(blob: bytes) -> list[bytes]:
    """SSH strings that fill ``blob`` exactly; an empty list when they do not."""
    found: list[bytes] = []
    at = 0
    while at < len(blob):
        if at + 4 > len(blob):
            return []
        (length,) = struct.unpack_from(">I", blob, at)
        at += 4
        if at + length > len(blob):
            return []
        found.append(blob[at : at + length])
        at += length
    return found
