"""The reader of packages under a coverage-guided fuzzer (atheris): whatever it is given, it refuses or reads.

    python -m tests.bench.fuzz_reader --runs 100000 [--seed 1] [--corpus FOLDER]
    python -m tests.bench.fuzz_reader --again crash-…

Starts from good packages of every kind, sealed and not. Mutants are made from bytes, members, cells and values; most
are zipped anew, half of those are signed anew by their sender and some sealed anew, so that the search gets past
checksums, hashes and the signature. A find ends the run and leaves its input as ``crash-…`` in the working folder:

- any error that is no `PackageError`, or whose sentence holds what would steer a terminal
- an input that takes longer than 20 s, or a process that grows past 1 GB
- a file opened for writing, a program started, a socket: in the reader nothing is written anywhere
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from random import Random
from types import ModuleType

SECONDS, MEGABYTES, LONGEST = 20, 1024, 1 << 20
_FORBIDDEN = (
    *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "shutil."),
    *("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "socket.", "ctypes."),
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class WroteSomething(Exception):
    """Not a `PackageError`: a find."""


class Watch:
    """Raises when, while it is on, something is written or started. An audit hook cannot be taken away again."""

    def __init__(self) -> None:
        self.on = False
        sys.addaudithook(self._hook)

    def _hook(self, event: str, details: tuple[object, ...]) -> None:
        if not self.on:
            return
        writes = event == "open" and isinstance(details[2], int) and bool(details[2] & _WRITING)
        if writes or event.startswith(_FORBIDDEN):
            raise WroteSomething(event, details)


class Reader:
    """What is fuzzed: one input to a verdict, as a district or a township would come to it."""

    def __init__(self) -> None:
        from tests.packages.made_up import DISTRICT, OTHER_TOWNSHIP, TOWNSHIP, roster_of
        from tests.packages.signing import identity_of

        from jindu_desk.packages.sealing import Identity

        self.roster = roster_of(TOWNSHIP.id, OTHER_TOWNSHIP.id, DISTRICT.id)
        self.identities = [Identity.from_text(str(identity_of(DISTRICT.id)))]
        self.watch = Watch()
        self.refused = self.read = 0

    def __call__(self, content: bytes) -> None:
        from jindu_desk.errors.packages import PackageError, RowsInvalid
        from jindu_desk.packages.sealing import unseal
        from jindu_desk.packages.verify import verify_package

        self.watch.on = True
        try:
            verify_package(unseal(content, self.identities), self.roster)
        except PackageError as error:
            faults = error.faults if isinstance(error, RowsInvalid) else ()
            if not all(str(told).isprintable() for told in (error, *faults)):
                raise ValueError("the sentence would steer a terminal") from error
            self.refused += 1
        else:
            self.read += 1
        finally:
            self.watch.on = False


class Mutator:
    """atheris' custom mutator: mutants of whole packages, or libFuzzer's own of their bytes."""

    def __init__(self, atheris: ModuleType) -> None:
        from tests.packages.forge import good_parts
        from tests.packages.refusals import KINDS

        self._atheris = atheris
        self._good = [good_parts(kind) for kind in KINDS]

    def __call__(self, content: bytes, longest: int, seed: int) -> bytes:
        rng = Random(seed)
        if rng.random() < 0.2:
            return bytes(self._atheris.Mutate(content, longest))
        mutant = self._mutant(rng, content)
        return mutant if len(mutant) <= longest else bytes(self._atheris.Mutate(content, longest))

    def _mutant(self, rng: Random, content: bytes) -> bytes:
        import pyrage
        from tests.packages import mutants
        from tests.packages.forge import DESCRIPTOR, zipped
        from tests.packages.made_up import DISTRICT
        from tests.packages.signing import identity_of

        identity = identity_of(DISTRICT.id)
        with suppress(pyrage.DecryptError):
            content = bytes(pyrage.decrypt(content, [identity]))
        parts = members_of(content)
        if DESCRIPTOR not in parts:
            parts = dict(rng.choice(self._good))
        way = rng.random()
        if way < 0.7:
            for _ in range(rng.choice((1, 1, 2, 4))):
                name = rng.choice(list(parts))
                if rng.random() < 0.25:
                    parts[name] = bytes(self._atheris.Mutate(parts[name], len(parts[name]) + 64))
                else:
                    parts = of_any_member(rng, parts)
            mutant = zipped(signed_anew(mutants.rehashed(parts)) if rng.random() < 0.7 else parts)
        elif way < 0.85:
            mutant = mutants.of_members(rng, parts, self._good)
        elif way < 0.95:
            mutant = mutants.of_a_header(rng, parts)
        else:
            mutant = mutants.of_bytes(rng, zipped(parts))
        if rng.random() < 0.1:
            mutant = bytes(pyrage.encrypt(mutant, [identity.to_public()]))
            return mutants.of_bytes(rng, mutant) if rng.random() < 0.5 else mutant
        return mutant


def of_any_member(rng: Random, parts: dict[str, bytes]) -> dict[str, bytes]:
    """A mutant of one member; bytes only where it can no longer be taken apart."""
    from tests.packages import mutants

    try:
        return mutants.of_a_member(rng, parts)
    except (ValueError, IndexError, TypeError):
        name = rng.choice(list(parts))
        return parts | {name: mutants.of_bytes(rng, parts[name])}


def members_of(content: bytes) -> dict[str, bytes]:
    """The members of a ZIP as another program reads them; none where it is none."""
    import io
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > 4 * LONGEST:
                return {}
            return {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, RuntimeError, OSError, EOFError):
        return {}


def signed_anew(parts: dict[str, bytes]) -> dict[str, bytes]:
    """By the key of whoever the descriptor says, under the kind that it says."""
    import json

    from tests.packages.forge import DESCRIPTOR, SIGNATURE
    from tests.packages.made_up import TOWNSHIP, key_of

    from jindu_desk.packages.signature import sign

    namespace, sender = "report@jindu-desk", TOWNSHIP.id
    try:
        said = json.loads(parts[DESCRIPTOR])["jindu"]
        if said["kind"] in ("directive", "answer"):
            sender = "district-a"
        if said["kind"] in ("directive", "answer", "enrolment"):
            namespace = f"{said['kind']}@jindu-desk"
    except (ValueError, KeyError, TypeError):
        pass
    return parts | {SIGNATURE: sign(parts[DESCRIPTOR], key_of(sender), namespace)}


def seeds() -> dict[str, bytes]:
    """Good packages by name, sealed and not."""
    import pyrage
    from tests.packages.forge import good_parts, zipped
    from tests.packages.made_up import DISTRICT
    from tests.packages.refusals import KINDS
    from tests.packages.signing import identity_of

    to = [identity_of(DISTRICT.id).to_public()]
    plain = {kind.value: zipped(good_parts(kind)) for kind in KINDS}
    return plain | {f"{name}-sealed": bytes(pyrage.encrypt(content, to)) for name, content in plain.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    parser.add_argument("--corpus", type=Path, help="where inputs that found something new are kept")
    parser.add_argument("--again", type=Path, help="read this one file, which a run left behind")
    wanted = parser.parse_args()
    if wanted.again is not None:
        Reader()(wanted.again.read_bytes())
        return
    import atheris

    with atheris.instrument_imports(include=["jindu_desk.packages", "jindu_desk.domain", "jindu_desk.errors"]):
        import jindu_desk.packages.sealing
        import jindu_desk.packages.verify  # noqa: F401 - imported for the instrumentation
    reader = Reader()
    for content in seeds().values():
        reader(content)
    if reader.refused:
        raise SystemExit("a good package was refused: the search would find nothing")
    with tempfile.TemporaryDirectory() as folder:
        corpus = wanted.corpus or Path(folder)
        corpus.mkdir(exist_ok=True)
        for name, content in seeds().items():
            (corpus / name).write_bytes(content)
        memory = MEGABYTES + _peak_before()
        limits = [f"-timeout={SECONDS}", f"-rss_limit_mb={memory}", f"-max_len={LONGEST}", "-len_control=0"]
        arguments = [sys.argv[0], f"-runs={wanted.runs}", f"-seed={wanted.seed}", *limits, str(corpus)]
        atheris.Setup(arguments, reader, custom_mutator=Mutator(atheris))
        atheris.Fuzz()


def _peak_before() -> int:
    """MiB that count against the limit before anything was read: a process inherits the peak of the one that started
    it (the kernel keeps ``ru_maxrss`` over exec), and a test runner may have grown large."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
