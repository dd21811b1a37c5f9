"""Where the private keys lie: the system's keyring, or a file sealed with a passphrase. Nowhere else.

Never in the database, a log, a backup or a package. See docs/decisions/keys-of-an-example.md for example folders.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from jindu_desk.errors.exchange import KeyringRefused, PassphraseNeeded, PassphraseTooShort, PassphraseWrong
from jindu_desk.errors.folder import reading_from, writing_to
from jindu_desk.files import write_whole

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "jindu_desk"
PASSPHRASE_VARIABLE = "JINDU_DESK_PASSPHRASE"  # noqa: S105 - the name of the variable, not a passphrase
SIGNING, IDENTITY, NEXT = "signing", "identity", "signing-next"
SHORTEST = 8
"""Characters of a new passphrase, at least."""


class KeyVault:
    """The secrets of one data folder by name (``signing``: the Ed25519 key, ``identity``: the age key that decrypts,
    ``signing-next``: the key that is to follow).

    ``ask`` gives the passphrase or None; it is called at most once per run and only where there is no keyring. It may
    be called from a worker thread. ``demo``: the folder is an example and its key protects nothing, so it lies open.
    """

    def __init__(
        self,
        folder: Path,
        folder_id: str,
        *,
        demo: bool = False,
        ask: Callable[[], str | None] = lambda: None,
    ) -> None:
        self._folder = folder
        self._folder_id = folder_id
        self._demo = demo
        self._ask = ask
        self._passphrase: str | None = None
        self._opened: dict[str, str] = {}

    def holds(self, name: str) -> bool:
        """Whether the secret is there, without opening it. Raises `KeyringRefused`."""
        if self._sealed(name).exists() or (self._demo and self._open(name).exists()):
            return True
        return not self._demo and self._from_keyring(name) is not None

    def secret(self, name: str) -> str | None:
        """The secret, None if there is none.

        Raises `PassphraseNeeded`, `PassphraseWrong`, `KeyringRefused`, `CannotReadFile`.
        """
        if name not in self._opened:
            found = self._find(name)
            if found is None:
                return None
            self._opened[name] = found
        return self._opened[name]

    def keep(self, name: str, secret: str) -> None:
        """Store a secret, in place of one by the same name. Raises as `secret` does, and `PassphraseTooShort`."""
        if self._demo:
            self._write(self._open(name), secret.encode())
        elif (backend := _keyring()) is not None:
            self._into_keyring(backend, name, secret)
        else:
            self._write(self._sealed(name), _seal(secret, self._proven_passphrase()))
        self._opened[name] = secret

    def drop(self, name: str) -> None:
        """Take a secret away that is kept under another name by now. Raises as `secret` does."""
        from keyring.errors import KeyringError, PasswordDeleteError

        self._opened.pop(name, None)
        with writing_to(self._folder / name):
            self._open(name).unlink(missing_ok=True)
            self._sealed(name).unlink(missing_ok=True)
        backend = None if self._demo else _keyring()
        if backend is None:
            return
        try:
            backend.delete_password(SERVICE, self._entry(name))
        except PasswordDeleteError:
            pass  # it was not there
        except KeyringError as error:
            raise KeyringRefused(reason=type(error).__name__) from error

    def set_aside(self, stamp: str) -> None:
        """Move sealed files out of the way, so that a new passphrase can be chosen: whoever remembers the old one can
        still open them. Raises `CannotWriteFile`."""
        with writing_to(self._folder):
            for sealed in sorted(self._folder.glob("*.age")):
                sealed.replace(sealed.with_name(f"{sealed.stem}.{stamp}.lost"))
        self.forget()

    def forget(self) -> None:
        """Drop what was opened; the passphrase is asked for again."""
        self._opened.clear()
        self._passphrase = None

    def _sealed(self, name: str) -> Path:
        return self._folder / f"{name}.age"

    def _open(self, name: str) -> Path:
        return self._folder / f"{name}.example-key"

    def _find(self, name: str) -> str | None:
        with reading_from(self._folder / name):
            if self._demo and self._open(name).exists():
                return self._open(name).read_text("utf-8")
            if self._sealed(name).exists():
                return self._unseal(self._sealed(name).read_bytes())
        return None if self._demo else self._from_keyring(name)

    def _unseal(self, sealed: bytes) -> str:
        import pyrage

        try:
            return str(pyrage.passphrase.decrypt(sealed, self._known_passphrase(new=False)).decode())
        except pyrage.DecryptError as error:
            self._passphrase = None
            raise PassphraseWrong from error

    def _proven_passphrase(self) -> str:
        """The passphrase to seal with: one for all files, so an existing one must open with it."""
        sealed = sorted(self._folder.glob("*.age"))
        passphrase = self._known_passphrase(new=not sealed)
        if sealed:
            self._unseal(sealed[0].read_bytes())
        return passphrase

    def _known_passphrase(self, *, new: bool) -> str:
        if self._passphrase is None:
            given = os.environ.get(PASSPHRASE_VARIABLE) or self._ask()
            if not given:
                raise PassphraseNeeded
            if new and len(given) < SHORTEST:
                raise PassphraseTooShort(least=SHORTEST)
            self._passphrase = given
        return self._passphrase

    def _write(self, path: Path, content: bytes) -> None:
        with writing_to(path):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(path, content, private=True)

    def _entry(self, name: str) -> str:
        return f"{self._folder_id}/{name}"

    def _from_keyring(self, name: str) -> str | None:
        from keyring.errors import KeyringError

        backend = _keyring()
        if backend is None:
            return None
        try:
            return backend.get_password(SERVICE, self._entry(name))
        except KeyringError as error:
            raise KeyringRefused(reason=type(error).__name__) from error

    def _into_keyring(self, backend: KeyringBackend, name: str, secret: str) -> None:
        from keyring.errors import KeyringError

        try:
            backend.set_password(SERVICE, self._entry(name), secret)
        except KeyringError as error:
            raise KeyringRefused(reason=type(error).__name__) from error


def _keyring() -> KeyringBackend | None:
    """The system's keyring, None on a PC without one (headless, or a desktop without a secret service)."""
    import keyring

    backend = keyring.get_keyring()
    # keyring's "fail" and "null" backends mark themselves by a priority of zero or less.
    return backend if backend.priority > 0 else None


def _seal(secret: str, passphrase: str) -> bytes:
    import pyrage

    return bytes(pyrage.passphrase.encrypt(secret.encode(), passphrase))
