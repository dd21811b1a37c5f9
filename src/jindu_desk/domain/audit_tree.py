"""A Merkle tree over the audit chain (RFC 6962, RFC 9162 §2.1): one root for any length, and a short proof that a
longer chain contains a shorter one unchanged.

A leaf is the hash of an audit row, as bytes. Leaves and nodes are hashed with different first bytes, so that a node
never passes for a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256().hexdigest()
_LEAF, _NODE = b"\x00", b"\x01"
_SIZE = 32


def root(leaves: Sequence[bytes]) -> str:
    """The root (hex) over all ``leaves``."""
    return _top(_hashed(leaves)).hex() if leaves else EMPTY_ROOT


def consistency_proof(leaves: Sequence[bytes], since: int) -> tuple[str, ...]:
    """That ``leaves`` begin with the same first ``since`` rows that an earlier root was over (hashes in hex).

    Empty for none and for all of them: there the roots say it.
    """
    if not 0 <= since <= len(leaves):
        raise ValueError(f"no proof since {since} of {len(leaves)}")
    if since in (0, len(leaves)):
        return ()
    hashed = _hashed(leaves)
    found: list[bytes] = []
    first, last, whole = 0, len(hashed), True  # whole: the part that remains begins at the first row
    while since != last - first:
        middle = first + _split(last - first)
        if since <= middle - first:
            found.append(_top(hashed[middle:last]))
            last = middle
        else:
            found.append(_top(hashed[first:middle]))
            since, first, whole = since - (middle - first), middle, False
    if not whole:
        found.append(_top(hashed[first:last]))
    return tuple(step.hex() for step in reversed(found))


def is_continued(old_size: int, old_root: str, new_size: int, new_root: str, proof: Sequence[str]) -> bool:
    """Whether the proof shows that the chain of ``new_size`` rows begins with the one of ``old_size``."""
    if not 0 <= old_size <= new_size:
        return False
    if (old_size == 0 and old_root != EMPTY_ROOT) or (new_size == 0 and new_root != EMPTY_ROOT):
        return False
    if old_size in (0, new_size):
        return not proof and (old_size == 0 or old_root == new_root)
    try:
        steps = [bytes.fromhex(step) for step in proof]
        old, new = bytes.fromhex(old_root), bytes.fromhex(new_root)
    except ValueError:
        return False
    if any(len(step) != _SIZE for step in (*steps, old, new)):
        return False
    if old_size & (old_size - 1) == 0:  # a full tree of its own: its root is a node of the new one
        steps.insert(0, old)
    return _leads_to(old_size, old, new_size, new, iter(steps))


def _leads_to(old_size: int, old: bytes, new_size: int, new: bytes, steps: Iterator[bytes]) -> bool:
    """RFC 9162 §2.1.4.2: the steps build both roots."""
    at, last = old_size - 1, new_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    start = next(steps, None)
    if start is None:
        return False
    built_old = built_new = start
    for step in steps:
        if last == 0:
            return False
        if at & 1 or at == last:
            built_old, built_new = _node(step, built_old), _node(step, built_new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            built_new = _node(built_new, step)
        at, last = at >> 1, last >> 1
    return last == 0 and built_old == old and built_new == new


def _hashed(leaves: Sequence[bytes]) -> list[bytes]:
    return [sha256(_LEAF + leaf).digest() for leaf in leaves]


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(_NODE + left + right).digest()


def _top(level: list[bytes]) -> bytes:
    """Level by level; an odd one out moves up as it is, which is the RFC's split at the largest power of two."""
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        above = [sha256(_NODE + left + right).digest() for left, right in pairs]
        level = [*above, level[-1]] if len(level) % 2 else above
    return level[0]


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << ((size - 1).bit_length() - 1)
