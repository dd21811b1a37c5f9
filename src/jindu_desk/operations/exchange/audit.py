"""Whether the sender's audit chain, as its reports show it, goes on from one report to the next.

Each report is compared with the one before it in the chain, whenever both are here: in which order they came does
not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from jindu_desk.domain.audit_tree import is_continued
from jindu_desk.errors.exchange import VERDICT_SENTENCES, ReceivedFileMissing
from jindu_desk.errors.packages import PackageError
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.store.tables import Received


def note_continuity(rows: Collection[Received], opened: Callable[[Received], VerifiedPackage]) -> None:
    """Set ``audit_continues`` of a stream's packages, and say it where the chain does not go on.

    The package itself is opened once, for its proof; one that cannot be opened is left without an answer.
    """
    by_descriptor = {row.descriptor_sha256: row for row in rows}
    for row in rows:
        before = by_descriptor.get(row.previous_sha256) if row.previous_sha256 else None
        if before is None or before.audit_size is None:
            row.audit_continues = None
        elif row.audit_size is None:
            row.audit_continues = False  # who showed the chain once and does not any more has something to explain
        elif row.audit_continues is None:
            try:
                row.audit_continues = is_continued_from(before, opened(row))
            except (PackageError, ReceivedFileMissing):
                continue
        row.explanation = with_audit(row, row.explanation)


def is_continued_from(before: Received, package: VerifiedPackage) -> bool | None:
    """Whether the chain that ``package`` shows contains the one of the report before it; None: it shows none.

    A proof that starts from another length than the one before showed proves nothing.
    """
    shown = next(iter(package.tables.get("audit", ())), None)
    if shown is None or before.audit_size is None:
        return None
    size, since = shown["size"], shown["since"]
    assert isinstance(size, int)  # noqa: S101 - read by the column's own reader
    proof = str(shown["proof"]).split()
    return since == before.audit_size and is_continued(
        before.audit_size, before.audit_root, size, str(shown["root"]), proof
    )


def with_audit(row: Received, sentence: str) -> str:
    """What is said of a package, and that its chain does not go on; once."""
    broken = VERDICT_SENTENCES["audit_broken"]
    if row.audit_continues is not False or broken in sentence:
        return sentence
    first, *lines = sentence.split("\n")
    return "\n".join((first + broken, *lines))
