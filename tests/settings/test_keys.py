"""Where private keys lie: keyring, sealed file, open file of an example."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from tests.settings.quick_seal import quick_seal

from jindu_desk.errors.exchange import KeyringRefused, PassphraseNeeded, PassphraseTooShort, PassphraseWrong
from jindu_desk.errors.folder import CannotWriteFile
from jindu_desk.settings.keys import NEXT, PASSPHRASE_VARIABLE, SERVICE, SIGNING, KeyVault

SECRET = "-----BEGIN OPENSSH PRIVATE KEY-----\nmade up\n"
PASSPHRASE = "春风又绿江南岸 8"


class FakeKeyring(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise keyring.errors.KeyringLocked
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.locked:
            raise keyring.errors.KeyringLocked
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    monkeypatch.delenv(PASSPHRASE_VARIABLE, raising=False)
    yield
    keyring.set_keyring(before)


@pytest.fixture
def quickly_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jindu_desk.settings.keys._seal", quick_seal)


@pytest.fixture
def system() -> Iterator[FakeKeyring]:
    before = keyring.get_keyring()
    fake = FakeKeyring()
    keyring.set_keyring(fake)
    yield fake
    keyring.set_keyring(before)


class Asked:
    """A person who answers, and how often."""

    def __init__(self, answer: str | None = PASSPHRASE) -> None:
        self.answer, self.times = answer, 0

    def __call__(self) -> str | None:
        self.times += 1
        return self.answer


def test_secret_lies_in_the_keyring_by_folder(tmp_path: Path, system: FakeKeyring) -> None:
    vault = KeyVault(tmp_path / "keys", "folder-1")
    assert vault.secret(SIGNING) is None
    assert not vault.holds(SIGNING)
    vault.keep(SIGNING, SECRET)
    assert list(system.kept) == [(SERVICE, "folder-1/signing")]
    assert KeyVault(tmp_path / "keys", "folder-1").secret(SIGNING) == SECRET
    assert KeyVault(tmp_path / "keys", "folder-2").secret(SIGNING) is None
    assert not (tmp_path / "keys").exists()


def test_locked_keyring_has_its_sentence(tmp_path: Path, system: FakeKeyring) -> None:
    system.locked = True
    with pytest.raises(KeyringRefused):
        KeyVault(tmp_path, "folder-1").secret(SIGNING)
    with pytest.raises(KeyringRefused):
        KeyVault(tmp_path, "folder-1").keep(SIGNING, SECRET)


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_the_secret_is_sealed_and_asked_for_once(tmp_path: Path) -> None:
    asked = Asked()
    vault = KeyVault(tmp_path / "keys", "folder-1", ask=asked)
    vault.keep(SIGNING, SECRET)
    assert vault.secret(SIGNING) == SECRET
    (file,) = (tmp_path / "keys").iterdir()
    assert b"made up" not in file.read_bytes()
    version, stanza, *_ = file.read_bytes().split(b"\n")
    assert version.startswith(b"age-encryption.org/")
    assert int(stanza.split(b" ")[-1]) >= 14  # the sealing itself is made dear here, and only here
    assert file.stat().st_mode & 0o077 == 0
    later = KeyVault(tmp_path / "keys", "folder-1", ask=asked)
    assert later.holds(SIGNING)
    assert asked.times == 1
    assert [later.secret(SIGNING), later.secret(SIGNING)] == [SECRET, SECRET]
    assert asked.times == 2


@pytest.mark.usefixtures("no_keyring", "quickly_sealed")
def test_another_passphrase_opens_nothing_and_seals_nothing_beside_it(tmp_path: Path) -> None:
    KeyVault(tmp_path, "folder-1", ask=Asked()).keep(SIGNING, SECRET)
    wrong = KeyVault(tmp_path, "folder-1", ask=Asked("another one"))
    with pytest.raises(PassphraseWrong):
        wrong.secret(SIGNING)
    with pytest.raises(PassphraseWrong):
        wrong.keep(NEXT, SECRET)
    assert [file.name for file in tmp_path.iterdir()] == ["signing.age"]
    assert KeyVault(tmp_path, "folder-1", ask=Asked()).secret(SIGNING) == SECRET


@pytest.mark.usefixtures("no_keyring")
def test_without_keyring_and_passphrase_nothing_is_kept(tmp_path: Path) -> None:
    with pytest.raises(PassphraseNeeded):
        KeyVault(tmp_path, "folder-1").keep(SIGNING, SECRET)
    with pytest.raises(PassphraseTooShort):
        KeyVault(tmp_path, "folder-1", ask=Asked("short")).keep(SIGNING, SECRET)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_keyring", "quickly_sealed")
def test_environment_gives_the_passphrase_to_automation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    asked = Asked(None)
    KeyVault(tmp_path, "folder-1", ask=asked).keep(SIGNING, SECRET)
    assert KeyVault(tmp_path, "folder-1", ask=asked).secret(SIGNING) == SECRET
    assert asked.times == 0


def test_example_folder_keeps_its_key_open(tmp_path: Path, system: FakeKeyring) -> None:
    KeyVault(tmp_path, "folder-1", demo=True).keep(SIGNING, SECRET)
    assert system.kept == {}
    assert KeyVault(tmp_path, "folder-1", demo=True).secret(SIGNING) == SECRET
    assert KeyVault(tmp_path, "folder-1").secret(SIGNING) is None


@pytest.mark.usefixtures("no_keyring")
def test_key_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file in its place")
    with pytest.raises(CannotWriteFile):
        KeyVault(tmp_path / "keys", "folder-1", demo=True).keep(SIGNING, SECRET)


def test_forgetting_asks_again(tmp_path: Path, system: FakeKeyring) -> None:
    vault = KeyVault(tmp_path, "folder-1")
    vault.keep(SIGNING, SECRET)
    system.kept.clear()
    assert vault.secret(SIGNING) == SECRET
    vault.forget()
    assert vault.secret(SIGNING) is None


def test_a_secret_is_dropped_wherever_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = FakeKeyring()
    monkeypatch.setattr("jindu_desk.settings.keys._keyring", lambda: held)
    vault = KeyVault(tmp_path / "keys", "folder-a")
    vault.keep("signing", "secret text")
    vault.drop("signing")
    vault.drop("signing")  # it is gone: nothing to do
    assert held.kept == {}
    assert vault.secret("signing") is None
    held.locked = True
    with pytest.raises(KeyringRefused):
        vault.drop("signing")
    example = KeyVault(tmp_path / "keys", "folder-a", demo=True)
    example.keep("signing", "secret text")
    example.drop("signing")
    assert list((tmp_path / "keys").iterdir()) == []
