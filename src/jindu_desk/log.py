"""The log of a data folder: what failed and where, never what was typed."""

from __future__ import annotations

import logging
from pathlib import Path

logger = logging.getLogger("jindu_desk")


def log_into(folder: Path) -> logging.Handler:
    """Write the program's log into ``folder`` (five files of 1 MB). The caller closes the handler."""
    from logging.handlers import RotatingFileHandler  # brings sockets; the first window does without

    class SilentWhenFull(RotatingFileHandler):
        def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
            """A log that cannot be written (full disk) must not speak up in the middle of somebody's work."""

    folder.mkdir(parents=True, exist_ok=True)
    handler = SilentWhenFull(folder / "jindu.log", maxBytes=1_000_000, backupCount=4, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return handler
