"""Work off the window thread: one worker, first come first served, results delivered on the window thread.

    tasks.run(lambda: list_meetings(desk.reader, month), self._show_meetings)
    tasks.run(read_all, self._finished, title="读取数据包", progress=True, cancellable=True)   # def read_all(progress)

One worker thread is enough for one person at one database, and it means that two pieces of work never race.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from typing import Any, Generic, Literal, TypeVar, overload

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from jindu_desk.errors import DeskError
from jindu_desk.log import logger

T = TypeVar("T")
_SHOWN_EVERY = 0.05  # seconds between two progress messages: more only slows both threads


class Cancelled(Exception):
    """The user cancelled; raised inside the work, between two steps."""


class Progress:
    """Given to work that asked for it. ``step`` tells how far it is and raises `Cancelled` if that is wished."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell = tell
        self._wished = threading.Event()
        self._told = 0.0

    def step(self, done: int, total: int, text: str = "") -> None:
        self.check()
        now = time.monotonic()
        if done >= total or now - self._told >= _SHOWN_EVERY:
            self._told = now
            self._tell(done, total, text)

    def check(self) -> None:
        """Raise `Cancelled` if the user wished so. Call it where stopping leaves everything whole."""
        if self._wished.is_set():
            raise Cancelled

    @property
    def cancelled(self) -> bool:
        return self._wished.is_set()

    def cancel(self) -> None:
        self._wished.set()


class Job(QObject):
    """A piece of work under way. ``progressed(done, total, text)`` and ``ended()`` arrive on the window thread."""

    progressed = Signal(int, int, str)
    ended = Signal()

    def __init__(self, title: str, *, shows_progress: bool, cancellable: bool, parent: QObject) -> None:
        # Its parent owns it: the worker may be the last to let go of it, and must not be the one to destroy it.
        super().__init__(parent)
        self.title, self.shows_progress, self.cancellable = title, shows_progress, cancellable
        self.is_over = False
        self.progress = Progress(self.progressed.emit)

    def cancel(self) -> None:
        """Wish the work to stop; it ends at its next step."""
        self.progress.cancel()


class _Outcome(Generic[T]):
    """What came of a job, travelling from the worker to the window thread."""

    def __init__(self, job: Job, deliver: Callable[[], None]) -> None:
        self.job, self.deliver = job, deliver


class Tasks(QObject):
    """Runs work one after the other on one thread.

    ``started(job)`` tells the foot of the window what to show. ``failed(error)`` is the default place for failure:
    a `DeskError` is something the user can act on; anything else is a bug, already logged here with its traceback.
    """

    started = Signal(object)
    failed = Signal(object)
    _came = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._jobs: list[Job] = []  # queued, under way, or not delivered yet
        self._finished = False
        self._came.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._worker = threading.Thread(target=self._work_off, name="tasks", daemon=True)
        self._worker.start()

    @overload
    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        *,
        title: str = "",
        progress: Literal[False] = False,
        cancellable: Literal[False] = False,
    ) -> Job: ...

    @overload
    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        *,
        title: str = "",
        progress: Literal[True],
        cancellable: bool = False,
    ) -> Job: ...

    def run(
        self,
        work: Callable[..., T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        *,
        title: str = "",
        progress: bool = False,
        cancellable: bool = False,
    ) -> Job:
        """Queue ``work``; then ``done(result)`` or ``failed(error)`` is called on the window thread.

        ``failed`` gets a `DeskError` or `Cancelled` instead of the default place; a bug goes to both, so that a
        form can be enabled again. Callbacks whose widget was deleted meanwhile are not called (bound methods,
        partials and closures over a widget are recognized). ``title`` is shown in the foot while it lasts.
        """
        job = Job(title, shows_progress=progress, cancellable=cancellable, parent=self)
        self._jobs.append(job)
        self.started.emit(job)

        def carry_out() -> None:
            try:
                if progress:
                    job.progress.check()
                    result = work(job.progress)
                else:
                    result = work()
            except Exception as error:
                if not isinstance(error, DeskError | Cancelled):
                    logger.exception("a task failed: %s", title or getattr(work, "__qualname__", "?"))
                failure = error.with_traceback(None)
                self._came.emit(_Outcome[T](job, lambda: self._tell_failure(failure, failed)))
            else:
                if done is None:
                    self._came.emit(_Outcome[T](job, _nothing))
                else:
                    self._came.emit(_Outcome[T](job, lambda: call_if_alive(done, result)))

        self._queue.put(carry_out)
        return job

    @property
    def busy(self) -> bool:
        """Whether work is under way or waiting, or a result is not delivered yet."""
        return bool(self._jobs)

    def cancel_all(self) -> None:
        """Wish everything that can be cancelled to stop."""
        for job in self._jobs:
            if job.cancellable:
                job.cancel()

    def finish(self) -> None:
        """Carry out what is queued, deliver it, and end the worker. Call it once, before the window goes."""
        if self._finished:
            return
        self._finished = True
        self._queue.put(None)
        self._worker.join()
        from PySide6.QtCore import QEvent

        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def _work_off(self) -> None:
        while (carry_out := self._queue.get()) is not None:
            carry_out()

    def _deliver(self, outcome: _Outcome[Any]) -> None:
        self._jobs.remove(outcome.job)
        outcome.job.is_over = True
        try:
            outcome.deliver()
        finally:
            outcome.job.ended.emit()
            outcome.job.deleteLater()

    def _tell_failure(self, error: Exception, failed: Callable[[Exception], object] | None) -> None:
        expected = isinstance(error, DeskError | Cancelled)
        if failed is None or not expected:
            self.failed.emit(error)
        if failed is not None:
            call_if_alive(failed, error)


def _nothing() -> None:
    """Nobody waits for the result."""


def call_if_alive(receiver: Callable[[T], object], value: T) -> None:
    """Call ``receiver`` unless a Qt object behind it was deleted."""
    if all(shiboken6.isValid(held) for held in _widgets_behind(receiver)):
        receiver(value)


def _widgets_behind(receiver: Callable[..., object]) -> list[QObject]:
    """The Qt objects a callback would touch: its bound self, a partial's arguments, a closure's variables."""
    found: list[QObject] = []
    if isinstance(receiver, partial):
        found += [value for value in (*receiver.args, *receiver.keywords.values()) if isinstance(value, QObject)]
        return found + _widgets_behind(receiver.func)
    bound = getattr(receiver, "__self__", None)
    if isinstance(bound, QObject):
        found.append(bound)
    function = getattr(receiver, "__func__", receiver)
    for cell in getattr(function, "__closure__", None) or ():
        try:
            value = cell.cell_contents
        except ValueError:  # a variable not yet bound
            continue
        if isinstance(value, QObject):
            found.append(value)
    return found
