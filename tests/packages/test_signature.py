"""Our signatures are OpenSSH's, and OpenSSH's are ours."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import pytest
import sshsig
from hypothesis import given
from hypothesis import strategies as st
from tests.packages.made_up import TOWNSHIP, key_of, roster_of
from tests.packages.signing import signed

from jindu_desk.errors.exchange import NotAPublicKey, RosterUnreadable, SigningKeyUnreadable
from jindu_desk.errors.packages import PackageError, SignatureOfOtherKind, SignatureWrong
from jindu_desk.packages.keys import PublicKey, SigningKey, fingerprint_groups, same_fingerprint
from jindu_desk.packages.roster import RosterKey, read_roster, write_revoked, write_roster
from jindu_desk.packages.signature import check_signature, read_signature, sign

SPACE = "report@jindu-desk"
MESSAGE = "2026-10 薛家镇\n".encode()


def keygen(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["ssh-keygen", *map(str, arguments)], input=stdin, capture_output=True, check=False)


def verify(folder: Path, message: bytes, signature: bytes, *more: object) -> bool:
    (folder / "sig").write_bytes(signature)
    ran = keygen(
        "-Y", "verify", "-f", folder / "allowed", "-I", TOWNSHIP.id, "-n", SPACE, "-s", folder / "sig", *more,
        stdin=message,
    )  # fmt: skip
    return ran.returncode == 0


def test_ssh_keygen_accepts_ours(tmp_path: Path) -> None:
    (tmp_path / "allowed").write_text(write_roster(roster_of(TOWNSHIP.id).keys))
    signature = sign(MESSAGE, key_of(TOWNSHIP.id), SPACE)
    assert verify(tmp_path, MESSAGE, signature)
    assert not verify(tmp_path, MESSAGE + b"x", signature)
    (tmp_path / "revoked").write_text(write_revoked([key_of(TOWNSHIP.id).public]))
    assert not verify(tmp_path, MESSAGE, signature, "-r", tmp_path / "revoked")


def test_we_accept_ssh_keygens() -> None:
    signature = read_signature(signed(MESSAGE))
    check_signature(MESSAGE, signature, SPACE)
    assert signature.key == key_of(TOWNSHIP.id).public
    with pytest.raises(SignatureWrong):
        check_signature(MESSAGE + b"x", signature, SPACE)
    with pytest.raises(SignatureOfOtherKind):
        check_signature(MESSAGE, signature, "answer@jindu-desk")


def test_another_library_accepts_ours() -> None:
    found = sshsig.check_signature(MESSAGE, sign(MESSAGE, key_of("any"), SPACE), SPACE)
    assert found.openssh_str() == key_of("any").public.line


def test_fingerprint_is_the_one_ssh_keygen_prints(tmp_path: Path) -> None:
    key = key_of("any").public
    (tmp_path / "key.pub").write_text(f"{key.line} somebody\n")
    assert key.fingerprint in keygen("-l", "-f", tmp_path / "key.pub").stdout.decode()


def test_private_key_survives_its_text() -> None:
    key = SigningKey.generate()
    assert SigningKey.from_text(key.text).public == key.public
    assert "PRIVATE" not in repr(key)
    with pytest.raises(SigningKeyUnreadable):
        SigningKey.from_text("not a key")


@pytest.mark.parametrize("line", ["", "ssh-rsa AAAA", "ssh-ed25519", "ssh-ed25519 AAAA", "ssh-ed25519 ***"])
def test_what_is_no_public_key(line: str) -> None:
    with pytest.raises(NotAPublicKey):
        PublicKey.parse(line)


def test_fingerprints_are_compared_whatever_their_spacing() -> None:
    one = key_of("any").public.fingerprint
    assert same_fingerprint(one, " ".join(fingerprint_groups(one)))
    assert not same_fingerprint(one, one.swapcase())
    assert not same_fingerprint(one, one[:-1])
    assert not same_fingerprint("", "")


def test_roster_round_trip() -> None:
    keys = [
        RosterKey(
            "township-a",
            key_of("one").public,
            "测试甲 二科",
            frozenset({SPACE}),
            datetime(2026, 1, 1),
            datetime(2027, 1, 1, 12, 30, 15),
        ),
        RosterKey("township-b", key_of("two").public),
    ]
    read = read_roster("# 名册\n\n" + write_roster(keys), write_revoked([key_of("three").public]))
    assert set(read.keys) == set(keys)
    assert read.revoked == {key_of("three").public}


def test_roster_with_times_is_understood_by_ssh_keygen(tmp_path: Path) -> None:
    signature = sign(MESSAGE, key_of(TOWNSHIP.id), SPACE)
    past = roster_of(TOWNSHIP.id, valid_before=datetime(2020, 1, 1))
    (tmp_path / "allowed").write_text(write_roster(past.keys))
    assert not verify(tmp_path, MESSAGE, signature)
    assert verify(tmp_path, MESSAGE, signature, "-Overify-time=20190101")


@pytest.mark.parametrize(
    "line",
    [
        "township-a",
        "township-a ssh-rsa AAAA",
        "township-a cert-authority ssh-ed25519 AAAA",
        'township-a valid-after="soon" ' + key_of("any").public.line,
        'township-a unheard="x" ' + key_of("any").public.line,
    ],
)
def test_unreadable_roster_names_its_line(line: str) -> None:
    with pytest.raises(RosterUnreadable) as refused:
        read_roster(f"# first\n{line}\n")
    assert refused.value.facts["line"] == 2


def test_keeper_cannot_smuggle_another_line() -> None:
    text = write_roster([RosterKey("a", key_of("one").public, f"x\nb {key_of('two').public.line}")])
    assert [entry.unit_id for entry in read_roster(text).keys] == ["a"]


@given(st.binary(max_size=200), st.binary(max_size=400))
def test_no_bytes_break_the_reader(message: bytes, armored: bytes) -> None:
    with pytest.raises(PackageError):
        check_signature(message, read_signature(armored), SPACE)
