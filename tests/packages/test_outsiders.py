"""Packages of every kind through the eyes of others: unzip, sha256sum, ssh-keygen, frictionless, age; and theirs
through ours. What needs a tool that is missing is skipped by its name (``packaging/set-up test`` installs them)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.packages.forge import RECEIVER, SENDER, rows_of
from tests.packages.made_up import DISTRICT, OTHER_TOWNSHIP, head, key_of, roster_of
from tests.packages.made_up_snapshots import FIRST
from tests.packages.refusals import KINDS, ROSTER, verified
from tests.packages.signing import IDENTITY, armor_of, kept_identity, proof, recipient_of, sealed, signed

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.packages.roster import read_roster, write_revoked, write_roster
from jindu_desk.packages.sealing import Identity, seal, unseal
from jindu_desk.packages.signature import check_signature, proves, read_signature
from jindu_desk.packages.write import write_package

FILE = "package.jdpkg"
CHAIN = [{"size": 7, "root": "1" * 64, "since": 0, "proof": ""}]


def needs(tool: str) -> pytest.MarkDecorator:
    there = shutil.which(tool) or Path(sys.executable).with_name(tool).exists()
    return pytest.mark.skipif(not there, reason=f"{tool} is not installed")


def ours(kind: PackageKind) -> bytes:
    """A package by our writer; a report with everything that it may carry."""
    made = head(sender=SENDER[kind], receiver=RECEIVER[kind])
    if kind is PackageKind.REPORT:
        files = [("会议纪要.pdf", b"%PDF-1.7 made up"), ("签到表.png", b"\x89PNG made up")]
        return write_package(kind, made, rows_of(kind) | {"audit": CHAIN}, key_of(made.sender.id), files).content
    made = replace(made, period=None, number=2, previous=FIRST)
    return write_package(kind, made, rows_of(kind), key_of(made.sender.id)).content


def run(folder: Path, *command: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*map(str, command)], cwd=folder, input=stdin, capture_output=True, check=False)


@pytest.fixture(scope="module", params=KINDS, ids=str)
def unzipped(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[PackageKind, Path]:
    """A kind, and a folder with its package beside its unzipped members in ``p``."""
    kind = PackageKind(request.param)
    folder = tmp_path_factory.mktemp(kind.value)
    (folder / FILE).write_bytes(ours(kind))
    if shutil.which("unzip") is None:
        pytest.skip("unzip is not installed")
    assert run(folder, "unzip", "-o", "-q", "-d", "p", FILE).returncode == 0
    return kind, folder


def verify(folder: Path, kind: PackageKind, *more: object, namespace: str = "", unit: str = "") -> bool:
    """``ssh-keygen -Y verify`` as docs/package-format.md has it."""
    who, where = unit or SENDER[kind].id, namespace or kind.namespace
    signature = ("-s", "p/datapackage.json.sig")
    stdin = (folder / "p" / "datapackage.json").read_bytes()
    command = ("ssh-keygen", "-Y", "verify", "-f", "allowed_signers", "-I", who, "-n", where, *signature, *more)
    return run(folder, *command, stdin=stdin).returncode == 0


def test_unzip_finds_nothing_wrong(unzipped: tuple[PackageKind, Path]) -> None:
    _, folder = unzipped
    assert b"No errors detected" in run(folder, "unzip", "-t", FILE).stdout
    listed = run(folder, "unzip", "-Z1", FILE).stdout.decode().split()
    assert listed[:3] == ["mimetype", "datapackage.json", "datapackage.json.sig"]


@needs("sha256sum")
def test_sha256sum_agrees(unzipped: tuple[PackageKind, Path]) -> None:
    """All that the descriptor lists, as a list for ``sha256sum -c``; the descriptor itself is what answers name."""
    kind, folder = unzipped
    package = json.loads((folder / "p" / "datapackage.json").read_bytes())
    listed = [*package["resources"], *package["jindu"]["attachments"]]
    lines = [f"{entry['hash'].removeprefix('sha256:')}  p/{entry['path']}\n" for entry in listed]
    ours_of_it = verified((folder / FILE).read_bytes(), kind=kind)
    lines += [f"{ours_of_it.descriptor_sha256}  p/datapackage.json\n", f"{ours_of_it.file_sha256}  {FILE}\n"]
    ran = run(folder, "sha256sum", "-c", "--strict", stdin="".join(lines).encode())
    assert (ran.returncode, ran.stdout.count(b": OK\n")) == (0, len(lines))


@needs("ssh-keygen")
def test_ssh_keygen_verifies_it(unzipped: tuple[PackageKind, Path]) -> None:
    """Under its kind's namespace alone, for its sender alone, unless the key was revoked."""
    kind, folder = unzipped
    (folder / "allowed_signers").write_text(write_roster(ROSTER.keys))
    (folder / "nobody").write_text(write_revoked([key_of("another").public]))
    assert verify(folder, kind)
    assert verify(folder, kind, "-r", "nobody")
    (folder / "revoked").write_text(write_revoked([key_of(SENDER[kind].id).public]))
    assert not verify(folder, kind, "-r", "revoked")
    assert not verify(folder, kind, unit=OTHER_TOWNSHIP.id)
    for other in KINDS:
        assert verify(folder, kind, namespace=other.namespace) == (other is kind)


@needs("ssh-keygen")
def test_ssh_keygen_minds_the_rosters_namespaces(unzipped: tuple[PackageKind, Path]) -> None:
    kind, folder = unzipped
    for allowed in KINDS:
        roster = roster_of(SENDER[kind].id, namespaces=frozenset({allowed.namespace}))
        (folder / "allowed_signers").write_text(write_roster(roster.keys))
        assert verify(folder, kind) == (allowed is kind)


@needs("frictionless")
def test_frictionless_validates_it(unzipped: tuple[PackageKind, Path]) -> None:
    _, folder = unzipped
    tool = Path(sys.executable).with_name("frictionless")
    ran = run(folder, tool if tool.exists() else "frictionless", "validate", "p/datapackage.json")
    assert ran.returncode == 0, ran.stdout.decode()
    assert b"INVALID" not in ran.stdout


@needs("age")
@pytest.mark.parametrize("kind", KINDS)
def test_age_opens_ours(tmp_path: Path, kind: PackageKind) -> None:
    """Sealed by us for two; opened by ``age -d`` with the identity's text as its file, and by nobody else."""
    content = ours(kind)
    mine, other = Identity.generate(), Identity.generate()
    (tmp_path / "sealed").write_bytes(seal(content, [mine.recipient, other.recipient]))
    for identity in (mine, other):
        (tmp_path / "identity").write_text(identity.text)
        ran = run(tmp_path, "age", "-d", "-i", "identity", "sealed")
        assert (ran.returncode, ran.stdout) == (0, content)
    (tmp_path / "identity").write_text(Identity.generate().text)
    assert run(tmp_path, "age", "-d", "-i", "identity", "sealed").returncode != 0
    assert unseal((tmp_path / "sealed").read_bytes(), [mine]) == content


@needs("age")
@pytest.mark.parametrize("kind", KINDS)
def test_we_open_ages(kind: PackageKind) -> None:
    content = ours(kind)
    assert unseal(sealed(content, "any", DISTRICT.id), [Identity.from_text(str(kept_identity()))]) == content


@needs("age-keygen")
def test_age_keygen_makes_identities_that_we_read(tmp_path: Path) -> None:
    assert run(tmp_path, "age-keygen", "-o", "key").returncode == 0
    text = (tmp_path / "key").read_text().splitlines()[-1]
    (recipient,) = run(tmp_path, "age-keygen", "-y", "key").stdout.decode().split()
    assert Identity.from_text(text).recipient == recipient
    assert run(tmp_path, "age-keygen", "-y", IDENTITY).stdout.decode().strip() == recipient_of(DISTRICT.id)


@needs("ssh-keygen")
@pytest.mark.parametrize("kind", KINDS)
def test_we_verify_what_ssh_keygen_signed(kind: PackageKind) -> None:
    message = "2026-10 测试甲镇\n".encode()
    signature = read_signature(signed(message, namespace=kind.namespace, key="any"))
    check_signature(message, signature, kind.namespace)
    assert signature.key == key_of("any").public


@needs("ssh-keygen")
def test_ssh_keygen_verifies_a_proof_of_possession(tmp_path: Path) -> None:
    """As docs/package-format.md has it: the proof in armor, over the unit's id and the key's line."""
    import base64

    from jindu_desk.packages.signature import prove

    key = key_of("new")
    ours_of_it, theirs = prove(DISTRICT.id, key), proof(DISTRICT.id, "new")
    assert ours_of_it == theirs  # Ed25519 has one signature for one text
    assert proves(DISTRICT.id, key.public, theirs)
    (tmp_path / "allowed_signers").write_text(write_roster(roster_of(DISTRICT.id, "new").keys))
    (tmp_path / "sig").write_bytes(armor_of(base64.b64decode(ours_of_it)))
    command = ("ssh-keygen", "-Y", "verify", "-f", "allowed_signers", "-I", "new", "-n", "enrolment@jindu-desk")
    statement = f"{DISTRICT.id} {key.public.line}\n".encode()
    assert run(tmp_path, *command, "-s", "sig", stdin=statement).returncode == 0


@needs("ssh-keygen")
def test_we_read_a_roster_that_others_wrote(tmp_path: Path) -> None:
    """With options in another order, several units for a key, comments, and a key made by ssh-keygen."""
    assert run(tmp_path, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key", "-C", "测试甲").returncode == 0
    public = (tmp_path / "key.pub").read_text().strip()
    (tmp_path / "allowed_signers").write_text(
        f'# roster\n\na,b valid-before="20270101Z",namespaces="report@jindu-desk" {public}\n'
    )
    (tmp_path / "message").write_bytes(b"x")
    sign = ("ssh-keygen", "-q", "-Y", "sign", "-f", "key", "-n", "report@jindu-desk", "message")
    assert run(tmp_path, *sign).returncode == 0
    roster = read_roster((tmp_path / "allowed_signers").read_text())
    signature = read_signature((tmp_path / "message.sig").read_bytes())
    check_signature(b"x", signature, "report@jindu-desk")
    assert [entry.unit_id for entry in roster.owners(signature.key)] == ["a", "b"]
    check = ("ssh-keygen", "-Y", "verify", "-f", "allowed_signers", "-n", "report@jindu-desk", "-s", "message.sig")
    moment = "-Overify-time=20260601"
    assert run(tmp_path, *check, "-I", "b", moment, stdin=b"x").returncode == 0
    assert roster.owners(signature.key)[1].namespaces == {"report@jindu-desk"}
