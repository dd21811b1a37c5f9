"""What the guide starts on the worker thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jindu_desk.domain.changes import Changes
from jindu_desk.domain.units import Tier
from jindu_desk.errors import DeskError
from jindu_desk.log import logger
from jindu_desk.operations.exchange_keys import create_signing_key
from jindu_desk.operations.units import SetUp, set_up_folder

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


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


def make_demo(beside: Path, tier: Tier) -> Path:
    """A folder with example data beside the real one; it is kept and opened again the next time."""
    return beside.with_name(f"{beside.name}-demo-{tier.value}")
