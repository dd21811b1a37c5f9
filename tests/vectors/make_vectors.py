"""Makes the packages of this folder: ``python -m tests.vectors.make_vectors`` from the top of the checkout.

They are signed once and kept: a later program must read them as this one does. Make them anew only while the format
is not released; the keys are thrown away.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.packages.forge import changed, forged, good_parts, table
from tests.packages.made_up import OTHER_TOWNSHIP, TOWNSHIP, head, report, roster_of, tables

from jindu_desk.packages.roster import write_roster

HERE = Path(__file__).parent


def future(package: dict[str, Any]) -> None:
    package["jindu"] = {**package["jindu"], "format": 2}


def make() -> dict[str, bytes]:
    first = report()
    revised = head(number=2, previous=first.descriptor_sha256, revision=2, reason="更正一格")
    onward = head(number=3, previous=report(revised).descriptor_sha256, period="2026-11")
    return {
        "good-1.jdpkg": first.content,
        "good-2-revision.jdpkg": report(revised, tables(revised, value=5)).content,
        "good-3-after-another.jdpkg": report(onward).content,
        "tampered.jdpkg": changed(good_parts(), "data/cells.csv", content=table("cells").replace(b",3,", b",4,")),
        "torn.jdpkg": first.content[: len(first.content) // 2],
        "wrong-unit.jdpkg": forged(key=OTHER_TOWNSHIP.id),
        "unknown-key.jdpkg": forged(key="nobody"),
        "wrong-kind.jdpkg": forged(namespace="answer@jindu-desk"),
        "wrong-figure.jdpkg": forged(tables={"cells": table("cells").replace(b",3,", b",-3,")}),
        "future-format.jdpkg": forged(future),
        "allowed_signers": write_roster(roster_of(TOWNSHIP.id, OTHER_TOWNSHIP.id).keys).encode(),
    }


if __name__ == "__main__":
    for name, content in make().items():
        (HERE / name).write_bytes(content)
