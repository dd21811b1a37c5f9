"""`check` at a district, beside the bare verification of the same packages in the same run.

    python tests/bench/check.py [--townships 20] [--months 12] [--profile]

First with what was received, then also with the district's own months closed, whose reports hold all of it again.
Goal: verification and at most 10 ms a package, and memory that does not grow with the number of packages.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--townships", type=int, default=20)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), wanted.townships, wanted.months, profile=wanted.profile)


def measure(folder: Path, townships: int, months: int, *, profile: bool) -> None:
    from tests.bench.made_up_reports import write_reports
    from tests.shipped_desks import set_up_shipped

    from jindu_desk.app.desk import Desk
    from jindu_desk.domain.months import Month
    from jindu_desk.operations.exchange.keys import create_signing_key, own_keys
    from jindu_desk.operations.exchange.receive import receive_files
    from jindu_desk.operations.exchange.report import report_month
    from jindu_desk.queries.integrity import check
    from jindu_desk.settings.keys import KeyVault

    desk = Desk.open(folder / "district", create=True, clock=lambda: datetime(2026, 11, 3, 9, 30))
    set_up_shipped(desk, "320411000000")
    vault = KeyVault(desk.paths.keys, desk.unit.folder_id, demo=True)
    create_signing_key(desk.store, vault)
    identity = own_keys(desk.store, vault).identity
    files = list(write_reports(desk, identity.recipient, folder / "stick", townships * months, townships))
    results = receive_files(desk.store, desk.paths, files, vault=vault)
    counted = sum(result.counted for result in results)
    print(f"{counted} packages of {townships} townships and {months} months count")

    kept = sorted(desk.paths.received.glob("*.jdpkg"))
    bare = timed(f"verification of {len(kept)} packages", len(kept), lambda: verify_all(kept))
    before = peak()
    if profile:
        profiled(lambda: check(desk.store, desk.paths))
    ours = timed("check", len(kept), lambda: refuse_findings(check(desk.store, desk.paths).findings))
    print(f"{(ours - bare) / len(kept) * 1000:.1f} ms a package besides verification; peak {before} -> {peak()} MiB")

    out = folder / "out"
    out.mkdir()
    for number in range(months):
        month = Month(2026, 10).plus(number + 1 - months)
        report_month(desk.store, vault, desk.paths, month, out, reason="其余镇未报", readable=True)
    sent = sorted(desk.paths.sent.glob("*.jdpkg"))
    own = timed(f"verification of {len(sent)} own reports", len(sent), lambda: verify_all(sent))
    before = peak()
    if profile:
        profiled(lambda: check(desk.store, desk.paths))
    closed = timed(
        "check, all months closed", len(kept), lambda: refuse_findings(check(desk.store, desk.paths).findings)
    )
    print(f"{(closed - ours - own) / len(sent) * 1000:.0f} ms an own report besides verification; ", end="")
    print(f"peak {before} -> {peak()} MiB")
    desk.close(backup=False)


def verify_all(files: list[Path]) -> None:
    from jindu_desk.packages.verify import verify_package

    for file in files:
        verify_package(file.read_bytes(), None)


def refuse_findings(findings: tuple[object, ...]) -> None:
    if findings:
        raise RuntimeError(f"a false alarm: {findings[:3]}")


def timed(name: str, packages: int, work: Callable[[], None]) -> float:
    """Seconds of processor time: what else the machine does must not count."""
    started, busy = time.perf_counter(), time.process_time()
    work()
    taken, passed = time.process_time() - busy, time.perf_counter() - started
    print(f"{name}: {taken:.2f} s of processor time ({passed:.2f} s), {taken / packages * 1000:.1f} ms a package")
    return taken


def profiled(work: Callable[[], T]) -> T:
    profiler = cProfile.Profile()
    result = profiler.runcall(work)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)
    return result


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
