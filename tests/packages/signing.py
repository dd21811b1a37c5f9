"""What a stranger signs with: ssh-keygen, and age or the library behind it."""

from __future__ import annotations

import base64
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pyrage
from tests.packages.made_up import DISTRICT, TOWNSHIP, key_of

IDENTITY = Path(__file__).parents[1] / "vectors" / "identity.txt"
ENROLMENT = "enrolment@jindu-desk"


def signed(message: bytes, *, namespace: str = "report@jindu-desk", key: str = TOWNSHIP.id) -> bytes:
    """``ssh-keygen -Y sign`` with the key of this name."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "key"
        file.touch(mode=0o600)
        file.write_text(key_of(key).text)
        message_file = Path(folder) / "message"
        message_file.write_bytes(message)
        subprocess.run(
            ["ssh-keygen", "-q", "-Y", "sign", "-f", file, "-n", namespace, message_file],
            check=True,
            capture_output=True,
        )
        return (Path(folder) / "message.sig").read_bytes()


@cache
def proof(unit_id: str, key: str, *, by: str = "", namespace: str = ENROLMENT) -> str:
    """What shows that the key named ``key`` is held by whoever enrols it for ``unit_id``; forged ``by`` another."""
    statement = f"{unit_id} {key_of(key).public.line}\n".encode()
    lines = signed(statement, namespace=namespace, key=by or key).split()
    return b"".join(line for line in lines if b"-" not in line and line not in (b"BEGIN", b"SSH", b"END")).decode()


@cache
def kept_identity() -> pyrage.x25519.Identity:
    """The test key that is kept beside the sealed vectors."""
    lines = IDENTITY.read_text(encoding="ascii").splitlines()
    return pyrage.x25519.Identity.from_str(next(line for line in lines if not line.startswith("#")))


@cache
def identity_of(name: str) -> pyrage.x25519.Identity:
    """One age identity per name and test run; the district's is the kept one."""
    return kept_identity() if name == DISTRICT.id else pyrage.x25519.Identity.generate()


def recipient_of(name: str) -> str:
    return str(identity_of(name).to_public())


def sealed(content: bytes, *names: str, armored: bool = False) -> bytes:
    """``content`` encrypted to the recipients of these names: by ``age`` where it is installed."""
    recipients = [recipient_of(name) for name in names]
    tool = shutil.which("age")
    if tool is None:
        return bytes(pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(one) for one in recipients], armored))
    to = [word for recipient in recipients for word in ("-r", recipient)]
    command = [tool, *(["-a"] if armored else []), *to]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout


def sealed_with_passphrase(content: bytes, passphrase: str) -> bytes:
    """age's scrypt stanza; ``age`` asks for a passphrase on a terminal only, so this is the library's."""
    return bytes(pyrage.passphrase.encrypt(content, passphrase))


def armor_of(blob: bytes) -> bytes:
    """An SSHSIG blob in its armor."""
    text = base64.b64encode(blob)
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    return b"\n".join((b"-----BEGIN SSH SIGNATURE-----", *lines, b"-----END SSH SIGNATURE-----", b""))
