"""The place of a package in its stream: a pure decision over everything that was received from one unit.

The decision looks at numbers and at who names whom as ``previous``, never at clocks. It is made anew over all packages
of a stream whenever one arrives, so that the order in which they arrive does not matter: a held package is released
by the missing one, and a person's choice in a fork is one more fact among the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from jindu_desk.domain.exchange import Verdict


@dataclass(frozen=True, slots=True)
class Link:
    """A verified package of a stream. ``descriptor`` and ``previous`` are hashes in hex, ``period`` is ``2026-10``.

    ``chosen``: a person decided for it in a fork. ``confirmed``: a person let this revision replace the one before.
    ``counted``: its rows are in the tables now. ``returned``: a person sent it back; it keeps its place, and does not
    count.
    """

    descriptor: str
    number: int
    previous: str | None
    period: str
    revision: int
    chosen: bool = False
    confirmed: bool = False
    counted: bool = False
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """What became of a link. ``in_chain``: it stands in the stream, its number is taken by it.

    ``missing``: for a gap, the first and last number that are not here.
    """

    descriptor: str
    verdict: Verdict
    in_chain: bool
    counts: bool
    missing: tuple[int, int] | None = None


def settle(links: Sequence[Link], closed: Collection[str] = ()) -> tuple[Place, ...]:
    """The place of every link, in the order given. ``links`` come in order of receipt, each descriptor once.

    ``closed``: periods that the receiver itself has handed on; what is not counted there yet stays out.
    """
    chain = _chain(links)
    standing = {link.descriptor for link in chain}
    verdicts, counting = _count(chain, closed)
    places: list[Place] = []
    for link in links:
        if link.descriptor in standing:
            places.append(
                Place(link.descriptor, verdicts[link.descriptor], in_chain=True, counts=link.descriptor in counting)
            )
        elif link.number <= len(chain) + 1:
            # Its number is taken, or it is the next one but follows something else than what stands here.
            places.append(Place(link.descriptor, Verdict.FORK, in_chain=False, counts=False))
        else:
            missing = (len(chain) + 1, _last_missing(links, link.number, len(chain) + 1))
            places.append(Place(link.descriptor, Verdict.GAP, in_chain=False, counts=False, missing=missing))
    return tuple(places)


def again(known: Sequence[Link], place: Place, link: Link) -> Verdict:
    """The verdict on a package that is here already: the same, or older than what its month has by now."""
    newer = any(other.counted and other.period == link.period and other.revision > link.revision for other in known)
    return Verdict.OLDER if newer and place.in_chain else Verdict.SAME


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An enrolment, directive or answer: it names every earlier package of its chain (number → descriptor's hash)."""

    descriptor: str
    number: int
    history: Mapping[int, str]


def place_snapshot(newest: Snapshot | None, came: Snapshot) -> Verdict:
    """What becomes of a snapshot beside the newest that holds: new, same, older or fork.

    One that was missed does no harm, since each says all that holds. But the chain must be one: the newer of the two
    names the older one in its history.
    """
    if newest is None:
        return Verdict.NEW
    if came.descriptor == newest.descriptor:
        return Verdict.SAME
    if came.number > newest.number:
        return Verdict.NEW if came.history.get(newest.number) == newest.descriptor else Verdict.FORK
    older = came.number < newest.number and newest.history.get(came.number) == came.descriptor
    return Verdict.OLDER if older else Verdict.FORK


def _chain(links: Iterable[Link]) -> list[Link]:
    """The links 1, 2, 3 … without a gap, each naming the one before it or chosen by a person."""
    by_number: dict[int, list[Link]] = {}
    for link in links:
        by_number.setdefault(link.number, []).append(link)
    chain: list[Link] = []
    while True:
        here = by_number.get(len(chain) + 1, [])
        head = chain[-1].descriptor if chain else None
        chosen = [link for link in here if link.chosen]
        fitting = [link for link in here if link.previous == head]
        # Of two that fit, the one that came first keeps its place until a person decides.
        pick = chosen[-1:] or fitting[:1]
        if not pick:
            return chain
        chain += pick


def _count(chain: Sequence[Link], closed: Collection[str]) -> tuple[dict[str, Verdict], set[str]]:
    verdicts: dict[str, Verdict] = {}
    newest: dict[str, int] = {}  # period → highest revision that stands in the chain
    counting: dict[str, str] = {}  # period → descriptor whose rows count
    counted = {link.period: link.revision for link in chain if link.counted}
    counted_now = {link.descriptor for link in chain if link.counted}
    for link in chain:
        # A closed month keeps what counts in it (and what that replaced); only what is newer stays out.
        shut = link.period in closed and link.revision > counted.get(link.period, 0)
        if link.period not in newest:
            verdict = Verdict.LOCKED if shut else Verdict.NEW
        elif link.revision <= newest[link.period]:
            verdict = Verdict.OLDER
        else:
            verdict = Verdict.LOCKED if shut else Verdict.REVISION
        verdicts[link.descriptor] = verdict
        newest[link.period] = max(newest.get(link.period, 0), link.revision)
        # A correction is seen before it replaces, also where what it corrects was returned and counts no more.
        waits = verdict is Verdict.REVISION and not (link.confirmed or link.counted)
        if verdict in (Verdict.NEW, Verdict.REVISION) and not waits:
            counting[link.period] = link.descriptor
        standing = counting.get(link.period)
        # What was sent back no longer counts, and what it had replaced does not come back in its place: that is known
        # by its not counting. A correction that was sent back while it waited leaves what stands.
        if link.returned and (standing == link.descriptor or (standing is not None and standing not in counted_now)):
            del counting[link.period]
    return verdicts, set(counting.values())


def _last_missing(links: Iterable[Link], number: int, first: int) -> int:
    """The end of the first run of missing numbers below ``number``."""
    return min((link.number for link in links if first < link.number <= number), default=number) - 1
