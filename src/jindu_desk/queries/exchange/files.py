"""Files that came inside packages, handed out as copies."""

from __future__ import annotations

import re
from pathlib import Path

from jindu_desk.errors.exchange import NoSuchReceived
from jindu_desk.errors.folder import writing_to
from jindu_desk.files import write_whole
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.received import received_package
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Received

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


def copy_out_attachments(store: Store, paths: FolderPaths, received_id: str, folder: Path) -> tuple[Path, ...]:
    """Copies of a package's attachments in ``folder``, to be opened by other programs; empty where there are none.

    Their names are made here: what the sender calls a file must not choose where it lands or what opens it. Raises
    `NoSuchReceived`, `ReceivedFileMissing`, `CannotWriteFile`.
    """
    with store.read() as session:
        row = session.get(Received, received_id)
        if row is None:
            raise NoSuchReceived
        sha256, name = row.file_sha256, f"{row.from_unit}-{row.period}"
    package = received_package(paths, sha256)
    target = folder / sha256[:12]
    copies = []
    with writing_to(target):
        target.mkdir(parents=True, exist_ok=True)
        for number, (path, content) in enumerate(package.attachments.items(), 1):
            copy = target / f"{_NOT_IN_NAMES.sub('-', name)}-{number}{Path(path).suffix}"
            write_whole(copy, content)
            copies.append(copy)
    return tuple(copies)
