"""The audit chain as a report shows it: its root, and the proof that it contains what the report before showed."""

from __future__ import annotations

import re
from hashlib import sha256

from sqlmodel import Session, col, select

from jindu_desk.domain.audit_tree import consistency_proof, root
from jindu_desk.domain.exchange import AuditFields, PackageKind
from jindu_desk.queries.exchange.chains import last_sent_in
from jindu_desk.store.tables import Audit

_HASH = re.compile(r"[0-9a-f]{64}")


def audit_rows_in(session: Session, stream: str, receiver: str) -> list[dict[str, object]]:
    """The one row of the table ``audit`` of the next report to ``receiver``.

    It is over the rows before this transaction's own: as the descriptor's ``audit_head`` is. A chain that is shorter
    than the report before said (an old backup was restored) has no proof, and the receiver sees that.
    """
    leaves = [_leaf(text) for text in session.exec(select(Audit.hash).order_by(col(Audit.seq)))]
    last = last_sent_in(session, stream, PackageKind.REPORT, receiver)
    since = last.audit_size if last is not None and last.audit_size <= len(leaves) else 0
    proof = " ".join(consistency_proof(leaves, since))
    fields = AuditFields.read({"size": len(leaves), "root": root(leaves), "since": since, "proof": proof})
    return [fields.model_dump()]


def _leaf(text: str) -> bytes:
    """What stands in the place of a hash and is none was put there by somebody; the report goes out all the same."""
    return bytes.fromhex(text) if _HASH.fullmatch(text) else sha256(text.encode()).digest()
