"""The attacks of packages.md §6 on a sealed file: whatever was done to it, no package comes out of it.

Sealed by ``age`` where it is installed, else by the library; never by the writer under test.
"""

from __future__ import annotations

from pathlib import Path

import pyrage
import pytest
from tests.packages.forge import Entry, changed, entries_of, forged, good_parts, raw_zip, zipped
from tests.packages.made_up import DISTRICT, OTHER_TOWNSHIP
from tests.packages.refusals import KINDS, refused, verified
from tests.packages.signing import identity_of, recipient_of, sealed

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.errors import packages as errors
from jindu_desk.errors.exchange import IdentityUnreadable, RecipientUnreadable
from jindu_desk.packages.container import LARGEST_FILE
from jindu_desk.packages.sealing import MOST_RECIPIENTS, Identity, is_sealed, seal, unseal
from jindu_desk.packages.verify import VerifiedPackage

VECTORS = Path(__file__).parents[1] / "vectors"
OWN = Identity.from_text(str(identity_of(DISTRICT.id)))
MAC = b"\n--- "


def opened(content: bytes, kind: PackageKind = PackageKind.REPORT) -> VerifiedPackage:
    return verified(unseal(content, [OWN]), kind=kind)


def kept_shut(content: bytes, *wanted: type[errors.PackageError]) -> None:
    with pytest.raises(errors.PackageError) as caught:
        opened(content)
    assert type(caught.value) in wanted, repr(caught.value)


def good() -> bytes:
    return sealed(zipped(good_parts()), DISTRICT.id)


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def parts_of(content: bytes) -> dict[str, range]:
    """Where the parts of an age file lie: version line, stanza's line and body, MAC, nonce and payload."""
    stanza = content.index(b"-> X25519 ")
    body = content.index(b"\n", stanza) + 1
    mac = content.index(MAC) + len(MAC)
    payload = content.index(b"\n", mac) + 1
    return {
        "header": range(stanza),
        "stanza": range(stanza, body),
        "body": range(body, mac),
        "MAC": range(mac, payload),
        "nonce": range(payload, payload + 16),
        "payload": range(payload + 16, len(content) - 16),
        "tag": range(len(content) - 16, len(content)),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_the_seal_opens_for_its_receiver(kind: PackageKind) -> None:
    """Else every refusal below could have a cheaper reason. Also for one of many, and what is not sealed."""
    inside = zipped(good_parts(kind))
    for content in (sealed(inside, DISTRICT.id), sealed(inside, OTHER_TOWNSHIP.id, DISTRICT.id), inside):
        assert opened(content, kind).file_sha256 == verified(inside, kind=kind).file_sha256


@pytest.mark.parametrize("part", ["header", "stanza", "body", "MAC", "nonce", "payload", "tag"])
def test_sealed_changed_byte_in_each_part(part: str) -> None:
    content = good()
    places = parts_of(content)[part]
    # what is not age's at all any more is no package either
    wanted = (errors.SealDamaged, errors.PackageEncrypted, *((errors.NotAPackage,) if part == "header" else ()))
    for at in {places[0], places[len(places) // 2], places[-1]}:
        kept_shut(flipped(content, at), *wanted)


def test_sealed_every_byte_of_the_header_counts() -> None:
    content = good()
    for at in range(content.index(MAC)):
        kept_shut(flipped(content, at), errors.SealDamaged, errors.PackageEncrypted, errors.NotAPackage)


@pytest.mark.parametrize("keep", [0.0, 0.001, 0.02, 0.1, 0.5, 0.99, 0.9999])
def test_sealed_truncated(keep: float) -> None:
    content = good()
    kept_shut(content[: round(len(content) * keep)], errors.SealDamaged, errors.NotAPackage)


def test_sealed_truncated_at_the_end_of_a_chunk() -> None:
    """age seals 64 KiB at a time; each whole chunk is authentic by itself."""
    content = sealed(forged(attachments=[("a.pdf", bytes(range(256)) * 700)]), DISTRICT.id)
    start = content.index(b"\n", content.index(MAC) + len(MAC)) + 1 + 16
    assert len(content) > start + 65536 + 16
    kept_shut(content[: start + 65536 + 16], errors.SealDamaged)


def test_sealed_data_after_the_end() -> None:
    kept_shut(good() + b"x", errors.SealDamaged)
    kept_shut(good() + good(), errors.SealDamaged)


def test_sealed_data_before_the_start() -> None:
    kept_shut(b"x" + good(), errors.NotAPackage)


def test_sealed_and_armored() -> None:
    """age's text form is refused: one file has one form."""
    content = sealed(zipped(good_parts()), DISTRICT.id, armored=True)
    assert is_sealed(content)
    kept_shut(content, errors.SealDamaged)


def test_sealed_with_a_passphrase() -> None:
    """A passphrase stanza is never tried: its work factor is the sender's to choose."""
    kept_shut((VECTORS / "sealed-passphrase.jdpkg").read_bytes(), errors.SealDamaged)
    content = good()
    stanza = b"-> scrypt bGV0bWVpbg 30\n" + b"A" * 43 + b"\n"
    kept_shut(content.replace(b"-> X25519", stanza + b"-> X25519", 1), errors.SealDamaged)


def test_sealed_with_a_million_stanzas() -> None:
    content = good()
    at = content.index(b"-> X25519 ")
    stanza = content[at : content.index(MAC) + 1]
    kept_shut(content[:at] + stanza * ((LARGEST_FILE - len(content)) // len(stanza)) + content[at:], errors.SealDamaged)
    kept_shut(content[:at] + stanza * MOST_RECIPIENTS + content[at:], errors.SealDamaged)
    kept_shut(content[:at] + content[content.index(MAC) + 1 :], errors.SealDamaged)


def test_sealed_to_as_many_as_are_tried() -> None:
    names = [f"pc-{number}" for number in range(MOST_RECIPIENTS - 1)]
    assert opened(sealed(zipped(good_parts()), *names, DISTRICT.id)).signer is not None


def test_sealed_endless_data() -> None:
    kept_shut(good() + bytes(LARGEST_FILE), errors.PackageTooLarge)


def test_sealed_twice() -> None:
    kept_shut(sealed(good(), DISTRICT.id), errors.PackageEncrypted)


def test_sealed_zip_bomb() -> None:
    bomb = changed(good_parts(), "data/cells.csv", content=bytes(20 << 20), method=8)
    kept_shut(sealed(bomb, DISTRICT.id), errors.CompressionTooHigh)
    vast = [Entry(f"attachments/{n:064x}.pdf".encode(), b"x", unpacked=1 << 30) for n in range(2)]
    kept_shut(sealed(raw_zip([*entries_of(good_parts()), *vast]), DISTRICT.id), errors.UnpackedTooLarge)


def test_sealed_not_a_package() -> None:
    kept_shut(sealed(b"", DISTRICT.id), errors.NotAPackage)
    kept_shut(sealed(b"PK\3\4", DISTRICT.id), errors.PackageTruncated)
    kept_shut(sealed(b"%PDF-1.7", DISTRICT.id), errors.NotAPackage)


def test_sealed_to_another() -> None:
    """A right package for another: it is not opened, and nothing of it is known."""
    content = sealed(zipped(good_parts()), OTHER_TOWNSHIP.id)
    kept_shut(content, errors.PackageEncrypted)
    with pytest.raises(errors.PackageEncrypted):
        unseal(content, [])
    with pytest.raises(errors.PackageEncrypted):
        verified(content)  # unopened


def test_sealing_trusts_nobody() -> None:
    """Anyone can encrypt to a public recipient: the seal says nothing of who sent it."""
    with pytest.raises(errors.KeyUnknown):
        opened(sealed(forged(key="nobody"), DISTRICT.id))


def test_sealed_by_us_for_the_library_and_back() -> None:
    inside = zipped(good_parts())
    assert pyrage.decrypt(seal(inside, [recipient_of("any")]), [identity_of("any")]) == inside
    assert unseal(seal(inside, [OWN.recipient]), [Identity.generate(), OWN]) == inside
    with pytest.raises(RecipientUnreadable):
        seal(inside, ["age1" + "q" * 58])
    with pytest.raises(IdentityUnreadable):
        Identity.from_text("AGE-SECRET-KEY-1" + "Q" * 58)


def test_identity_shows_itself_nowhere() -> None:
    assert "SECRET" not in repr(OWN)
    assert refused(good(), errors.PackageEncrypted).facts == {}
