"""No mutant of a good package is accepted, unless what was signed is in it unchanged.

Budgets are fixed; the coverage-guided search is ``tests/bench/fuzz_reader.py``.
"""

from __future__ import annotations

from functools import cache
from random import Random

import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.packages import mutants
from tests.packages.forge import DESCRIPTOR, SENDER, SIGNATURE, Parts, forged_parts, good_parts, zipped
from tests.packages.made_up import DISTRICT, key_of
from tests.packages.refusals import KINDS, verified
from tests.packages.signing import identity_of

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.errors.packages import PackageError
from jindu_desk.packages.sealing import Identity, unseal
from jindu_desk.packages.signature import sign
from jindu_desk.packages.verify import VerifiedPackage

SEEDS = st.integers(0, 2**32 - 1)
budget = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def original(kind: PackageKind) -> VerifiedPackage:
    return verified(zipped(good_parts(kind)), kind=kind)


@cache
def later(kind: PackageKind) -> Parts:
    """Another good package of the same sender."""
    return forged_parts(kind=kind, rules="another")


def others(kind: PackageKind) -> list[Parts]:
    return [later(kind), *(good_parts(other) for other in KINDS if other is not kind)]


def sealed(content: bytes) -> bytes:
    return bytes(pyrage.encrypt(content, [identity_of(DISTRICT.id).to_public()]))


def opened(content: bytes, kind: PackageKind) -> VerifiedPackage:
    return verified(unseal(content, [Identity.from_text(str(identity_of(DISTRICT.id)))]), kind=kind)


def asked(content: bytes, kind: PackageKind) -> VerifiedPackage | str:
    """What comes out, or the sentence of an error of ours; any other error is a find."""
    try:
        return opened(content, kind)
    except PackageError as error:
        return str(error)


def judge(content: bytes, kind: PackageKind) -> None:
    """A mutant is refused, or says nothing but what was signed."""
    found = asked(content, kind)
    if isinstance(found, str):
        assert found.isprintable()
        return
    # One of the others may have come out whole, too.
    known = [original(kind), *(opened(zipped(other), kind) for other in others(kind)[:1])]
    same = [one for one in known if one.descriptor_sha256 == found.descriptor_sha256]
    assert same
    assert (found.tables, found.attachments, found.key) == (same[0].tables, same[0].attachments, same[0].key)


@pytest.mark.parametrize("kind", KINDS)
@given(seed=SEEDS, seal=st.booleans())
@budget
def test_mutated_bytes_of_the_file(kind: PackageKind, seed: int, seal: bool) -> None:
    content = zipped(good_parts(kind))
    judge(mutants.of_bytes(Random(seed), sealed(content) if seal else content), kind)


@pytest.mark.parametrize("kind", KINDS)
@given(seed=SEEDS, seal=st.booleans())
@budget
def test_mutated_members_zipped_anew(kind: PackageKind, seed: int, seal: bool) -> None:
    """Bytes, cells and values, under right checksums and sometimes right hashes; only the signature is old."""
    content = zipped(mutants.of_a_member(Random(seed), good_parts(kind)))
    judge(sealed(content) if seal else content, kind)


@pytest.mark.parametrize("kind", KINDS)
@given(seed=SEEDS, seal=st.booleans())
@budget
def test_mutated_order_and_headers_of_members(kind: PackageKind, seed: int, seal: bool) -> None:
    """Whole members dropped, doubled, swapped within and between packages; headers that lie."""
    rng = Random(seed)
    if rng.random() < 0.7:
        content = mutants.of_members(rng, good_parts(kind), others(kind))
    else:
        content = mutants.of_a_header(rng, good_parts(kind))
    judge(sealed(content) if seal else content, kind)


@pytest.mark.parametrize("kind", KINDS)
@given(seed=SEEDS)
@budget
def test_mutants_that_their_sender_signed(kind: PackageKind, seed: int) -> None:
    """A good key under nonsense: it is refused by an error of ours, or read as what it says."""
    parts = mutants.rehashed(mutants.of_a_member(Random(seed), good_parts(kind)))
    parts[SIGNATURE] = sign(parts[DESCRIPTOR], key_of(SENDER[kind].id), kind.namespace)
    found = asked(zipped(parts), kind)
    if isinstance(found, str):
        assert found.isprintable()
        return
    assert found.descriptor.kind is kind
    assert found.key == key_of(SENDER[kind].id).public


@pytest.mark.parametrize("kind", KINDS)
def test_what_may_differ(kind: PackageKind) -> None:
    """How the signature's armor is broken into lines says nothing; that such a mutant passes shows that the test of
    mutants could fail."""
    parts = good_parts(kind)
    broken = parts | {SIGNATURE: parts[SIGNATURE].replace(b"\n", b"\r\n")}
    assert opened(zipped(broken), kind).tables == original(kind).tables
    judge(zipped(broken), kind)
    with pytest.raises(AssertionError):
        judge(zipped(forged_parts(kind=kind, rules="a third")), kind)
