"""Reading directives and answers: files to verdicts in words, and again after a key was compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.exchange import PackageKind
from jindu_desk.errors import DeskError
from jindu_desk.reports.exchange.wording import kind_label, verdict_words
from jindu_desk.ui.drop_area import SUFFIX, packages_in
from jindu_desk.ui.report.superior_words import verdict_kind
from jindu_desk.ui.tasks import Cancelled, Progress
from jindu_desk.ui.theme.tokens import Kind

if TYPE_CHECKING:
    from jindu_desk.operations.exchange.receive import KeyInFile, ReceiveResult
    from jindu_desk.ui.frame.screen import Shell

_TOUCHED = frozenset(Subject)  # a directive sets units, rules and deadlines; an answer opens months
_OF_OTHER_UNIT = "签名的密钥不是上级单位的。这里只读上级的指令和回执；请把文件交还送来的人。"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """``lines``: what it said, one thing each. ``comparable``: a key that the superior is said to have and that is not
    on record: a person may compare its fingerprint."""

    file_name: str
    received_id: str | None
    kind: Kind
    heading: str
    lines: tuple[str, ...]
    to_do: str
    counted: bool
    comparable: KeyInFile | None = None


def read_file(result: ReceiveResult, superior_id: str) -> ReadFile:
    known = result.number is not None
    own = result.code == "own_package"
    words = verdict_words(
        result.verdict.value,
        result.kind.value if known else "",
        counted=result.counted,
        state="own" if own else "",
    )
    what = f"{kind_label(result.kind.value)} 第 {result.number} 号：" if known else ""
    key = result.unknown_key
    ours = key is not None and key.unit_id == superior_id
    to_do = words.to_do
    if ours:
        to_do = (
            "请用平时的办公电话打给上级，请对方念出指纹，或对照上级的密钥登记表，逐组核对。"
            "登记后这个文件会自动再读一次。"
        )
    elif key is not None:
        to_do = _OF_OTHER_UNIT
    elif result.counted and result.kind in (PackageKind.DIRECTIVE, PackageKind.ANSWER):
        to_do = ""
    return ReadFile(
        file_name=result.file.name,
        received_id=result.received_id,
        kind="plain" if own else verdict_kind(result.verdict, counted=result.counted),
        heading=f"{what}{words.heading}",
        lines=tuple(result.explanation.split("\n")) + result.faults[:5],
        to_do=to_do,
        counted=result.counted,
        comparable=key if ours else None,
    )


class Reading:
    """One batch at a time. ``show(files)`` when it is read; ``changed()`` when it begins and ends."""

    def __init__(
        self, shell: Shell, show: Callable[[tuple[ReadFile, ...]], object], changed: Callable[[], object]
    ) -> None:
        self._shell, self._show, self._changed = shell, show, changed
        self.files: tuple[ReadFile, ...] = ()
        self.busy = False

    def start(self, paths: Sequence[Path]) -> None:
        """Read these files, and the packages in these folders."""
        if self.busy or self._shell.desk.why_read_only:
            return
        self._run(lambda: packages_in(paths), again=False)

    def start_again(self) -> None:
        """A key was compared: read what was not trusted again, from the copies that were kept."""
        desk = self._shell.desk

        def kept() -> list[Path]:
            from jindu_desk.queries.exchange.received import untrusted_files

            return list(untrusted_files(desk.store, desk.paths))

        self._run(kept, again=True)

    def _run(self, found: Callable[[], list[Path]], *, again: bool) -> None:
        desk = self._shell.desk
        superior = desk.unit.superior
        above = superior.id if superior else ""
        self._set_busy(True)

        def read(progress: Progress) -> tuple[ReadFile, ...]:
            from jindu_desk.operations.exchange.receive import receive_files

            def told(done: int, total: int, result: ReceiveResult) -> None:
                try:
                    progress.step(done, total, result.file.name)
                except Cancelled:
                    return  # asked again before the next file: what was read stays read

            results = receive_files(
                desk.store, desk.paths, found(), vault=desk.vault, told=told, cancelled=lambda: progress.cancelled
            )
            if any(result.counted and result.kind is PackageKind.DIRECTIVE for result in results):
                desk.reload()  # units may be called otherwise now
            return tuple(read_file(result, above) for result in results)

        def done(files: tuple[ReadFile, ...]) -> None:
            self._set_busy(False)
            self._take(files, again=again)

        self._shell.tasks.run(read, done, self._failed, title="读入文件", progress=True, cancellable=True)

    def _take(self, files: tuple[ReadFile, ...], *, again: bool) -> None:
        if again:
            names = {file.received_id: file.file_name for file in self.files}
            files = tuple(replace(file, file_name=names.get(file.received_id, file.file_name)) for file in files)
            now = {file.received_id: file for file in files}
            known = [now.pop(file.received_id, file) for file in self.files]
            self.files = (*known, *(file for file in now.values() if file.counted))
        elif files:
            self.files = files
        else:
            self._shell.notice(f"没有找到可以读入的文件（*{SUFFIX}）。请确认选对了U盘或文件夹。", "warning")
            return
        self._show(self.files)
        good = all(file.counted for file in files)
        said = f"读完 {len(files)} 个文件，" + ("都已采用。" if good else "结果列在页上。")
        self._shell.notice(said, "done" if good else "warning")
        self._shell.changed(Changes(_TOUCHED))

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, Cancelled):
            self._shell.changed(Changes(_TOUCHED))  # what was read before stays read
        elif isinstance(error, DeskError):
            self._shell.notice(str(error), "error")

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self._changed()
