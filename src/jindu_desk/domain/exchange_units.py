"""What a township may say of its villages: their names, not whose they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

Version = Mapping[str, object]  # the fields of `UnitVersionFields`


def merged_versions(known: Sequence[Version], told: Sequence[Version], ours: Collection[str]) -> tuple[Version, ...]:
    """The versions of one unit after its township told its own, whose ``reports_to`` are all of ``ours``.

    In which months the unit reports to one of ``ours`` stays as ``known`` has it: there the told names hold, elsewhere
    the known ones. Of a unit that is not known all is taken as told.
    """
    told = sorted(told, key=_since)
    spans = [(mine, list(span)) for mine, span in groupby(sorted(known, key=_since), key=lambda v: _mine(v, ours))]
    if not spans:
        return tuple(told)
    starts = [_since(span[0]) for _, span in spans]
    found: list[Version] = []
    for place, (mine, span) in enumerate(spans):
        # The first known version holds for the months before it too.
        start, end = starts[place] if place else "", starts[place + 1] if place + 1 < len(spans) else "9999-12"
        found += _within(told, start, end) or span if mine else span
    return tuple(found)


def _within(told: Sequence[Version], start: str, end: str) -> list[Version]:
    """The told versions from ``start`` (empty: from ever) to before ``end``; the first one holds from ``start`` on."""
    before = [version for version in told if _since(version) < start]
    inside = [version for version in told if start <= _since(version) < end]
    if start and (not inside or _since(inside[0]) != start):
        if before:
            inside = [{**before[-1], "since": start}, *inside]
        elif inside:
            inside = [{**inside[0], "since": start}, *inside[1:]]
    return inside


def _since(version: Version) -> str:
    return str(version["since"])


def _mine(version: Version, ours: Collection[str]) -> bool:
    return version["reports_to"] in ours
