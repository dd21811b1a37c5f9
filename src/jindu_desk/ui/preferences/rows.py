"""What the page shows, asked for in one go on the worker thread."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jindu_desk import __version__
from jindu_desk.queries.exchange.keys import key_line, own_signer
from jindu_desk.queries.settings import draft, settings
from jindu_desk.queries.units import OwnUnit
from jindu_desk.reports.paper_wording import PaperWording, paper_wording, typed_wording, usual_wording

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

WORDING_DRAFT = "preferences.wording"
_REASON = {
    "leaving": "退出时",
    "by-hand": "手动",
    "receive": "接收之前",
    "before-restore": "恢复之前",
    "before-migration": "升级之前",
}


@dataclass(frozen=True, slots=True)
class BackupLine:
    path: Path
    made: str
    reason: str
    size: str


@dataclass(frozen=True, slots=True)
class PreferencesView:
    """``typed`` is what the unit set of its papers' wording, by the fields' names; ``unfinished_wording`` what was
    typed and never saved; ``wording`` is what holds, ``usual`` what holds where nothing is set. ``key_groups`` is empty
    while there is no signing key; ``key_line`` is what the unit above enrols."""

    folder: Path
    log: Path
    version: str
    demo: bool
    read_only: str
    own: OwnUnit
    backups: tuple[BackupLine, ...]
    wording: PaperWording
    usual: PaperWording
    typed: Mapping[str, str]
    unfinished_wording: Mapping[str, str]
    key_groups: tuple[str, ...]
    key_line: str
    key_keeper: str


def preferences_view(desk: Desk) -> PreferencesView:
    own = desk.unit
    stored = settings(desk.store)
    unfinished = draft(desk.store, WORDING_DRAFT)
    key = own_signer(desk.store)
    return PreferencesView(
        folder=desk.paths.root,
        log=desk.paths.log,
        version=__version__,
        demo=own.demo,
        read_only=desk.why_read_only,
        own=own,
        backups=tuple(
            BackupLine(
                row.path,
                f"{row.made_at:%Y-%m-%d %H:%M}",
                _REASON.get(row.reason, row.reason),
                f"{row.bytes / 1_048_576:.1f} MB",
            )
            for row in desk.backups()
        ),
        wording=paper_wording(own, stored),
        usual=usual_wording(own),
        typed=typed_wording(stored),
        unfinished_wording=json.loads(unfinished.body) if unfinished else {},
        key_groups=key.groups if key else (),
        key_line=key_line(key) if key else "",
        key_keeper=key.keeper if key else "",
    )
