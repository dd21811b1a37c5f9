"""What the guide starts on the worker thread."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from jindu_desk.domain.changes import Changes
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.errors import DeskError
from jindu_desk.log import logger
from jindu_desk.operations.exchange.keys import create_signing_key
from jindu_desk.operations.units import SetUp, set_up_folder
from jindu_desk.ui.tasks import Progress

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

# A district's example makes the packages of all its townships: fewer months keep the wait bearable.
_DEMO_MONTHS = {Tier.TOWNSHIP: 12, Tier.DISTRICT: 3}


def set_up(desk: Desk, wanted: SetUp) -> Changes:
    """Give the folder its unit and the PC its signing key."""
    changes = set_up_folder(desk.store, wanted)
    desk.reload()
    try:
        return changes | create_signing_key(desk.store, desk.vault)
    except DeskError:
        # No passphrase now, or a keyring that refuses: the folder is set up all the same, and the page of
        # settings says that the key is wanting and makes it.
        logger.warning("no signing key was made at the first start", exc_info=True)
        return changes


def restore_here(desk: Desk, source: Path) -> None:
    """Take a backup over into this folder, which is empty still."""
    desk.restore(source)


def demo_beside(folder: Path, tier: Tier, today_month: Month, progress: Progress) -> Path:
    """The folder with the example of a tier, beside the real one; made if it is not there yet.

    Made under another name first, so that a half-made example is never opened. The city looks at a district's.
    """
    shown = tier if tier in _DEMO_MONTHS else Tier.DISTRICT
    target = folder.with_name(f"{folder.name}-example-{shown.value}")
    if target.exists():
        return target
    from jindu_desk.operations.demo import make_demo

    unfinished = target.with_name(f"{target.name}-unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)

    def tell(text: str) -> None:
        progress.step(0, 0, text)

    try:
        make_demo(unfinished, tier=shown, months=_DEMO_MONTHS[shown], until=today_month.previous, progress=tell)
        unfinished.rename(target)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return target
