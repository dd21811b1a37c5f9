"""The tree over the audit chain: what was there before is still there, or the proof fails."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jindu_desk.domain.audit_tree import EMPTY_ROOT, consistency_proof, is_continued, root

LIMIT = 40


def leaves_of(size: int, word: str = "row") -> list[bytes]:
    return [hashlib.sha256(f"{word} {number}".encode()).digest() for number in range(size)]


def by_the_book(leaves: Sequence[bytes]) -> bytes:
    """RFC 9162 §2.1.1, word for word and slow."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + by_the_book(leaves[:k]) + by_the_book(leaves[k:])).digest()


@pytest.mark.parametrize("size", range(LIMIT + 1))
def test_root_is_that_of_the_rfc(size: int) -> None:
    assert root(leaves_of(size)) == by_the_book(leaves_of(size)).hex()


def test_roots_known_from_elsewhere() -> None:
    """The test vectors that Certificate Transparency implementations share."""
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [bytes.fromhex(text) for text in inputs]
    assert root([]) == EMPTY_ROOT == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert root(leaves[:1]) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert root(leaves) == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("new", range(LIMIT + 1))
def test_every_longer_chain_contains_every_shorter_one(new: int) -> None:
    leaves = leaves_of(new)
    for old in range(new + 1):
        proof = consistency_proof(leaves, old)
        assert is_continued(old, root(leaves[:old]), new, root(leaves), proof), (old, new)


@pytest.mark.parametrize("new", range(LIMIT + 1))
def test_another_size_does_not_pass(new: int) -> None:
    """A proof is for its two sizes: with a root of another length it fails."""
    leaves = leaves_of(new)
    for old in range(1, new):
        proof, before = consistency_proof(leaves, old), root(leaves[:old])
        assert not is_continued(old, root(leaves[: old - 1]), new, root(leaves), proof)
        assert not is_continued(old, before, new, root(leaves[:-1]), proof)
        assert not is_continued(new, root(leaves), old, before, proof)


def test_the_ends() -> None:
    three = leaves_of(3)
    assert not is_continued(0, root(three), 3, root(three), ())
    assert not is_continued(0, EMPTY_ROOT, 0, root(three), ())
    assert not is_continued(0, EMPTY_ROOT, 3, root(three), (root(three),))
    assert not is_continued(3, root(three), 3, root(three), (root(three),))
    assert not is_continued(3, root(three), 3, root(leaves_of(3, "other")), ())
    assert not is_continued(-1, root(three), 3, root(three), ())
    assert not is_continued(2, root(three[:2]), 3, root(three), ())
    assert not is_continued(2, root(three[:2]), 3, root(three), ("no hash",))
    assert not is_continued(2, root(three[:2]), 3, root(three), ("ab",))


def test_no_proof_of_what_is_not_there() -> None:
    for since in (-1, 4):
        with pytest.raises(ValueError, match="no proof"):
            consistency_proof(leaves_of(3), since)


@st.composite
def chains(draw: st.DrawFn) -> tuple[list[bytes], int]:
    new = draw(st.integers(1, 70))
    return leaves_of(new), draw(st.integers(1, new))


@given(chains(), st.data())
def test_a_row_that_was_touched_is_never_continued(chain: tuple[list[bytes], int], data: st.DataObject) -> None:
    leaves, since = chain
    at = data.draw(st.integers(0, since - 1))
    other = data.draw(st.integers(0, len(leaves) - 1))
    kind = data.draw(st.sampled_from(["changed", "removed", "inserted", "reordered"]))
    touched = list(leaves)
    if kind == "changed":
        touched[at] = hashlib.sha256(b"other").digest()
    elif kind == "removed":
        del touched[at]
    elif kind == "inserted":
        touched.insert(at, hashlib.sha256(b"other").digest())
    else:
        touched[at], touched[other] = touched[other], touched[at]
    assume(touched[:since] != leaves[:since])
    proof = consistency_proof(touched, since) if since <= len(touched) else consistency_proof(leaves, since)
    assert not is_continued(since, root(leaves[:since]), len(touched), root(touched), proof)
    # The proof of the true chain does not help either.
    true = consistency_proof(leaves, since)
    assert not is_continued(since, root(leaves[:since]), len(touched), root(touched), true)


@given(chains(), st.data())
def test_an_altered_proof_fails(chain: tuple[list[bytes], int], data: st.DataObject) -> None:
    leaves, since = chain
    proof = list(consistency_proof(leaves, since))
    kind = data.draw(st.sampled_from(["flip", "drop", "add", "swap"]))
    altered = list(proof)
    if kind == "add":
        altered.insert(data.draw(st.integers(0, len(proof))), data.draw(st.sampled_from([*proof, root(leaves)])))
    elif proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        if kind == "drop":
            del altered[at]
        elif kind == "flip":
            altered[at] = ("0" if proof[at][0] != "0" else "1") + proof[at][1:]
        else:
            to = data.draw(st.integers(0, len(proof) - 1))
            altered[at], altered[to] = altered[to], altered[at]
    assume(altered != proof)
    assert not is_continued(since, root(leaves[:since]), len(leaves), root(leaves), altered)
