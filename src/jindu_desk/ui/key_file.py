"""A public key chosen as a file, for `enrol_form`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from jindu_desk.errors.folder import reading_from
from jindu_desk.ui.frame.screen import Shell

_LONGEST = 64 * 1024  # a key is one line; what is longer is no key file


def pick_key(
    shell: Shell,
    parent: QWidget,
    folder_key: str,
    take: Callable[[str], object],
    refuse: Callable[[Exception], object],
) -> None:
    """Let the user choose a key file; its line goes to ``take``, what is wrong with it to ``refuse``. ``folder_key``:
    under which the last folder is remembered."""
    name, _ = QFileDialog.getOpenFileName(
        parent, "选择公钥文件", shell.layout(folder_key), "公钥文件 (*.pub *.txt allowed_signers);;所有文件 (*)"
    )
    if name:
        shell.tasks.run(lambda: key_text(Path(name)), take, refuse)


def key_text(file: Path) -> str:
    """The first line of a key file that says something. Raises `CannotReadFile`."""
    with reading_from(file), file.open("rb") as stream:
        content = stream.read(_LONGEST)
    lines = content.decode("utf-8-sig", errors="replace").splitlines()
    return next((line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
