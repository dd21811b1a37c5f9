"""Chinese input on Linux: Qt's wheels bring the ibus plugin only; fcitx 5 speaks its language."""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path


def prepare_input_method(environment: MutableMapping[str, str] = os.environ) -> None:
    """Where the desktop asks for fcitx and Qt has no plugin for it, ask for ibus instead. Before QApplication."""
    if not sys.platform.startswith("linux"):
        return
    asked = " ".join(environment.get(name, "") for name in ("QT_IM_MODULE", "XMODIFIERS", "GTK_IM_MODULE"))
    if "fcitx" in asked and not _has_fcitx_plugin():
        environment["QT_IM_MODULE"] = "ibus"


def _has_fcitx_plugin() -> bool:
    import PySide6

    folder = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforminputcontexts"
    return any(folder.glob("*fcitx*"))
