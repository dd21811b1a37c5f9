"""Which of the files that were handed in this desk wrote itself."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from jindu_desk.domain.exchange import Verdict
from jindu_desk.errors.exchange import FILE_WORDS
from jindu_desk.errors.packages import OwnPackage
from jindu_desk.store.tables import Received, Sent

_REFUSED = (Verdict.UNTRUSTED, Verdict.NOT_FOR_US, Verdict.DAMAGED)
_OWN_BEGINS = OwnPackage.sentence.partition("{")[0]  # the record has the sentence only


def own_sentences_in(session: Session, rows: Sequence[Received]) -> dict[str, str]:
    """Of refused files those that this desk wrote, by id, each with its sentence. Proof is that the very bytes are on
    record as sent: the sender that a file names proves nothing. One that was signed anew since is not among these; it
    is known where it was read again and found to be our own."""
    refused = [row for row in rows if row.verdict in _REFUSED]
    if not refused:
        return {}
    query = select(Sent.file_sha256, Sent.kind, Sent.number).where(
        col(Sent.file_sha256).in_({row.file_sha256 for row in refused})
    )
    sent = {file: str(OwnPackage(number=number, what=FILE_WORDS[kind])) for file, kind, number in session.exec(query)}
    found = {row.id: sent[row.file_sha256] for row in refused if row.file_sha256 in sent}
    for row in refused:
        if row.verdict is Verdict.NOT_FOR_US and row.explanation.startswith(_OWN_BEGINS):
            found.setdefault(row.id, row.explanation)
    return found
