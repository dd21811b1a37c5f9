"""Whose keys count: an OpenSSH ``allowed_signers`` file and a list of revoked keys.

One line per key: ``<unit id> namespaces="report@jindu-desk",valid-after="…",valid-before="…" ssh-ed25519 AAAA… name``.
Times are local, as OpenSSH reads them without a Z.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.errors.exchange import NotAPublicKey, RosterUnreadable
from jindu_desk.packages.keys import PublicKey

_TIME = "%Y%m%d%H%M%S"
_TIME_LENGTHS = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: _TIME}
ALL_NAMESPACES = frozenset(kind.namespace for kind in PackageKind)


@dataclass(frozen=True, slots=True)
class RosterKey:
    """A key of a unit: what it may sign and when. Times are naive local; None = open."""

    unit_id: str
    key: PublicKey
    keeper: str = ""
    namespaces: frozenset[str] = ALL_NAMESPACES
    valid_after: datetime | None = None
    valid_before: datetime | None = None

    def valid_at(self, moment: datetime) -> bool:
        if self.valid_after is not None and moment < self.valid_after:
            return False
        return self.valid_before is None or moment < self.valid_before


@dataclass(frozen=True, slots=True)
class Roster:
    keys: tuple[RosterKey, ...] = ()
    revoked: frozenset[PublicKey] = frozenset()

    def owners(self, key: PublicKey) -> tuple[RosterKey, ...]:
        """Every entry that names ``key``, revoked or not."""
        return tuple(entry for entry in self.keys if entry.key == key)


def write_roster(keys: Iterable[RosterKey]) -> str:
    """The ``allowed_signers`` text, one line per key, sorted so that the same roster is the same file."""
    lines = sorted(_line(entry) for entry in keys)
    return "".join(f"{line}\n" for line in lines)


def write_revoked(keys: Iterable[PublicKey]) -> str:
    """The text for ``ssh-keygen -r``: one public key per line."""
    return "".join(f"{line}\n" for line in sorted(key.line for key in keys))


def read_roster(text: str, revoked: str = "") -> Roster:
    """Read both texts; raises `RosterUnreadable` with the line. Comments (#) and empty lines are passed over."""
    from sshsig.allowed_signers import AllowedSigner

    keys: list[RosterKey] = []
    for number, line in _lines(text):
        try:
            found = AllowedSigner.parse(line)
            options = found.options or {}
            if "cert-authority" in options:
                raise RosterUnreadable(line=number, reason="certificate")
            key = PublicKey.parse(f"{found.key_type} {found.base64_key}")
        except (ValueError, IndexError, NotImplementedError) as error:
            raise RosterUnreadable(line=number, reason="form") from error
        except NotAPublicKey as error:
            raise RosterUnreadable(line=number, reason="key") from error
        spaces = options.get("namespaces")
        for principal in found.principals.split(","):
            keys.append(
                RosterKey(
                    unit_id=principal,
                    key=key,
                    keeper=(found.comment or "").strip(),
                    namespaces=ALL_NAMESPACES if spaces is None else frozenset(spaces.split(",")),
                    valid_after=_time(options.get("valid-after"), number),
                    valid_before=_time(options.get("valid-before"), number),
                )
            )
    return Roster(tuple(keys), frozenset(_revoked_keys(revoked)))


def _revoked_keys(text: str) -> Iterable[PublicKey]:
    for number, line in _lines(text):
        try:
            yield PublicKey.parse(line)
        except NotAPublicKey as error:
            raise RosterUnreadable(line=number, reason="key") from error


def _lines(text: str) -> Iterable[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        plain = line.strip()
        if plain and not plain.startswith("#"):
            yield number, plain


def _line(entry: RosterKey) -> str:
    options = [f'namespaces="{",".join(sorted(entry.namespaces))}"']
    if entry.valid_after is not None:
        options.append(f'valid-after="{entry.valid_after.strftime(_TIME)}"')
    if entry.valid_before is not None:
        options.append(f'valid-before="{entry.valid_before.strftime(_TIME)}"')
    keeper = " ".join(entry.keeper.split())  # a line break would begin another entry
    return f"{entry.unit_id} {','.join(options)} {entry.key.line} {keeper}".rstrip()


def _time(text: str | None, line: int) -> datetime | None:
    if text is None:
        return None
    zulu = text.endswith("Z")
    plain = text.removesuffix("Z")
    form = _TIME_LENGTHS.get(len(plain))
    try:
        if form is None or not plain.isdigit():
            raise ValueError(text)
        moment = datetime.strptime(plain, form)  # noqa: DTZ007 - local time, as OpenSSH reads it
    except ValueError as error:
        raise RosterUnreadable(line=line, reason="time") from error
    return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=None) if zulu else moment
