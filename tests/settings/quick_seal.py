"""age files under a passphrase that cost a thousandth of what the program spends on one: the library takes a second of
this PC for each, on purpose, and cannot be asked for less. It opens these as it opens its own."""

from __future__ import annotations

import base64
import secrets

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

_LOG_N = 8


def quick_seal(secret: str, passphrase: str) -> bytes:
    """In place of ``settings.keys._seal``, for tests that are not about what a guess costs."""
    key, salt, nonce = secrets.token_bytes(16), secrets.token_bytes(16), secrets.token_bytes(16)
    wrapping = Scrypt(b"age-encryption.org/v1/scrypt" + salt, 32, 1 << _LOG_N, 8, 1).derive(passphrase.encode())
    wrapped = ChaCha20Poly1305(wrapping).encrypt(bytes(12), key, None)
    header = b"age-encryption.org/v1\n-> scrypt %b %d\n%b\n---" % (_text(salt), _LOG_N, _text(wrapped))
    mac = HMAC(_derived(key, b"", b"header"), SHA256())
    mac.update(header)
    # the nonce of the only chunk: number 0, and that it is the last
    payload = ChaCha20Poly1305(_derived(key, nonce, b"payload")).encrypt(bytes(11) + b"\1", secret.encode(), None)
    return header + b" " + _text(mac.finalize()) + b"\n" + nonce + payload


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, purpose).derive(key)


def _text(value: bytes) -> bytes:
    return base64.b64encode(value).rstrip(b"=")
