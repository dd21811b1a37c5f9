"""What the page shows, asked for in one go on the worker thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jindu_desk import __version__
from jindu_desk.queries.exchange.keys import key_line, own_signer
from jindu_desk.queries.settings import settings
from jindu_desk.reports.meeting_texts import MARK_SETTING, NUMBER_STYLE_SETTING, mark_text

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

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
    """``mark`` is the red line at the top of the minutes, ``usual_mark`` what it is when nothing was set.
    ``key_groups`` is empty while there is no signing key; ``key_line`` is what the unit above enrols."""

    folder: Path
    log: Path
    version: str
    demo: bool
    read_only: str
    keeper: str
    backups: tuple[BackupLine, ...]
    mark: str
    usual_mark: str
    number_style: str
    key_groups: tuple[str, ...]
    key_line: str
    key_keeper: str


def preferences_view(desk: Desk) -> PreferencesView:
    own = desk.unit
    stored = settings(desk.store)
    key = own_signer(desk.store)
    return PreferencesView(
        folder=desk.paths.root,
        log=desk.paths.log,
        version=__version__,
        demo=own.demo,
        read_only=desk.why_read_only,
        keeper=own.keeper,
        backups=tuple(
            BackupLine(
                row.path,
                f"{row.made_at:%Y-%m-%d %H:%M}",
                _REASON.get(row.reason, row.reason),
                f"{row.bytes / 1_048_576:.1f} MB",
            )
            for row in desk.backups()
        ),
        mark=stored.get(MARK_SETTING, ""),
        usual_mark=mark_text(own.unit.name, own.unit.tier),
        number_style=stored.get(NUMBER_STYLE_SETTING, ""),
        key_groups=key.groups if key else (),
        key_line=key_line(key) if key else "",
        key_keeper=key.keeper if key else "",
    )
