"""``datapackage.json``: a Frictionless Data Package with the object ``jindu``. Its bytes are what is signed.

Nothing is canonicalised: the bytes received are the bytes verified are the bytes read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.units import Tier
from jindu_desk.errors.entry import FieldError
from jindu_desk.errors.packages import DescriptorInvalid, DescriptorUnreadable, UnknownFormat, UnknownKind

FORMAT = 1
_LARGEST_NUMBER = 2**53 - 1
_HASH = re.compile(r"sha256:[0-9a-f]{64}")
_HEX = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[0-9A-Za-z:_.\-]{1,64}")
_PERIOD = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")
_TOP = {"name", "profile", "created", "resources", "jindu"}
_RESOURCE = {"name", "profile", "path", "format", "mediatype", "encoding", "bytes", "hash", "schema"}
_PARTY = {"id", "code", "name", "tier"}
_ATTACHMENT = {"name", "path", "bytes", "hash"}
_JINDU = {
    "format",
    "kind",
    "stream",
    "from",
    "to",
    "period",
    "revision",
    "reason",
    "number",
    "previous",
    "rules",
    "roster",
    "program",
    "audit_head",
    "attachments",
}


@dataclass(frozen=True, slots=True)
class Party:
    """A unit as the sender knows it."""

    id: str
    code: str
    name: str
    tier: Tier


@dataclass(frozen=True, slots=True)
class Resource:
    """A table. ``sha256`` in hex, ``schema`` as it stands in the descriptor."""

    name: str
    path: str
    bytes: int
    sha256: str
    schema: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class AttachmentEntry:
    """A file carried along. ``name`` is what the user calls it; it is never used as a path."""

    name: str
    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Descriptor:
    """``created`` is naive local time. ``number`` counts per ``stream``, ``kind`` and receiver; ``previous`` is the
    SHA-256 (hex) of the descriptor before it in that chain, None for number 1."""

    kind: PackageKind
    stream: str
    sender: Party
    receiver: Party
    period: str | None
    revision: int
    reason: str
    number: int
    previous: str | None
    rules: str
    roster: int
    program: tuple[str, str]
    audit_head: str
    created: datetime
    resources: tuple[Resource, ...]
    attachments: tuple[AttachmentEntry, ...]


def write_descriptor(descriptor: Descriptor) -> bytes:
    """The JSON text, readable by people: indented, Chinese as it is."""
    period = descriptor.period or "none"
    jindu: dict[str, object] = {
        "format": FORMAT,
        "kind": descriptor.kind.value,
        "stream": descriptor.stream,
        "from": _party_json(descriptor.sender),
        "to": _party_json(descriptor.receiver),
        "period": descriptor.period,
        "revision": descriptor.revision,
        "reason": descriptor.reason,
        "number": descriptor.number,
        "previous": descriptor.previous,
        "rules": descriptor.rules,
        "roster": descriptor.roster,
        "program": {"name": descriptor.program[0], "version": descriptor.program[1]},
        "audit_head": descriptor.audit_head,
        "attachments": [
            {"name": entry.name, "path": entry.path, "bytes": entry.bytes, "hash": f"sha256:{entry.sha256}"}
            for entry in descriptor.attachments
        ],
    }
    package = {
        "name": f"{descriptor.kind.value}-{descriptor.sender.code or 'unit'}-{period}-{descriptor.number}",
        "profile": "tabular-data-package",
        "created": descriptor.created.astimezone().isoformat(timespec="seconds"),
        "resources": [
            {
                "name": resource.name,
                "profile": "tabular-data-resource",
                "path": resource.path,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": resource.bytes,
                "hash": f"sha256:{resource.sha256}",
                "schema": resource.schema,
            }
            for resource in descriptor.resources
        ],
        "jindu": jindu,
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def parse_json(content: bytes) -> dict[str, object]:
    """The JSON object, strictly: UTF-8, no name twice, no NaN. Raises `DescriptorUnreadable`."""
    try:
        value = json.loads(content.decode("utf-8"), object_pairs_hook=_no_name_twice, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise DescriptorUnreadable(reason="not_utf8") from error
    except RecursionError as error:
        raise DescriptorUnreadable(reason="too_deep") from error
    except ValueError as error:
        raise DescriptorUnreadable(reason="not_json") from error
    if not isinstance(value, dict):
        raise DescriptorUnreadable(reason="not_an_object")
    return value


def kind_of(package: Mapping[str, object]) -> PackageKind:
    """The kind that the descriptor claims: needed to know under which namespace it must be signed."""
    kind = _object(package, "jindu", "jindu").get("kind")
    try:
        return PackageKind(kind if isinstance(kind, str) else "")
    except ValueError as error:
        raise UnknownKind(kind=_brief(kind, 40)) from error


def read_descriptor(package: Mapping[str, object]) -> Descriptor:
    """Read a parsed descriptor. Raises `UnknownFormat` before anything else, then `DescriptorInvalid`."""
    jindu = _object(package, "jindu", "jindu")
    if jindu.get("format") != FORMAT or isinstance(jindu.get("format"), bool):
        raise UnknownFormat(format=_brief(jindu.get("format"), 20), known=FORMAT)
    _only(package, _TOP, "")
    _only(jindu, _JINDU, "jindu")
    kind = kind_of(package)
    if package["profile"] != "tabular-data-package":
        raise DescriptorInvalid(place="profile")
    sender, receiver = _party(jindu, "from"), _party(jindu, "to")
    number = _count(jindu, "number", least=1)
    revision = _count(jindu, "revision", least=1)
    previous = jindu["previous"]
    if previous is not None and (not isinstance(previous, str) or not _HEX.fullmatch(previous)):
        raise DescriptorInvalid(place="jindu.previous")
    if (previous is None) != (number == 1):
        raise DescriptorInvalid(place="jindu.previous")
    period = jindu["period"]
    if period is not None and (not isinstance(period, str) or not _PERIOD.fullmatch(period)):
        raise DescriptorInvalid(place="jindu.period")
    if (kind is PackageKind.REPORT) != (period is not None):
        raise DescriptorInvalid(place="jindu.period")
    reason = _words(jindu, "reason", 20_000)
    if revision > 1 and not reason:
        raise DescriptorInvalid(place="jindu.reason")
    if revision > 1 and kind is not PackageKind.REPORT:
        raise DescriptorInvalid(place="jindu.revision")
    stream = _text(jindu, "stream", 64)
    if stream != sender.id:
        raise DescriptorInvalid(place="jindu.stream")
    # A directive is for all units below its sender: it names the sender itself. Everything else goes to another unit.
    if (receiver.id == sender.id) != (kind is PackageKind.DIRECTIVE):
        raise DescriptorInvalid(place="jindu.to")
    program = _object(jindu, "program", "jindu.program")
    _only(program, {"name", "version"}, "jindu.program")
    return Descriptor(
        kind=kind,
        stream=stream,
        sender=sender,
        receiver=receiver,
        period=period,
        revision=revision,
        reason=reason,
        number=number,
        previous=previous,
        rules=_text(jindu, "rules", 60),
        roster=_count(jindu, "roster", least=0),
        program=(_text(program, "name", 60), _text(program, "version", 60)),
        audit_head=_hex(jindu, "audit_head"),
        created=_moment(package["created"]),
        resources=tuple(_resource(item, place) for place, item in enumerate(_list(package, "resources"))),
        attachments=tuple(_attachment(item, place) for place, item in enumerate(_list(jindu, "attachments"))),
    )


def _no_name_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DescriptorUnreadable(reason="duplicate")
    return found


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def _party_json(party: Party) -> dict[str, str]:
    return {"id": party.id, "code": party.code, "name": party.name, "tier": party.tier.value}


def _object(holder: Mapping[str, object], name: str, place: str) -> dict[str, object]:
    value = holder.get(name)
    if not isinstance(value, dict):
        raise DescriptorInvalid(place=place)
    return value


def _list(holder: Mapping[str, object], name: str) -> list[object]:
    value = holder[name]
    if not isinstance(value, list):
        raise DescriptorInvalid(place=name)
    return value


def _only(holder: Mapping[str, object], names: set[str], place: str) -> None:
    if wrong := sorted(holder.keys() ^ names):
        raise DescriptorInvalid(place=f"{place}.{wrong[0]}".strip(".")[:60])


def _brief(value: object, most: int) -> str:
    """For a sentence; what nests deeply is not written out."""
    return str(value)[:most] if isinstance(value, str | int | float) else "…"


def _text(holder: Mapping[str, object], name: str, most: int) -> str:
    value = holder[name]
    if not isinstance(value, str) or len(value) > most or not value.isprintable():
        raise DescriptorInvalid(place=name)
    return value


def _words(holder: Mapping[str, object], name: str, most: int) -> str:
    """What people wrote: clean, and without an ID or phone number, like every text in the tables."""
    value = holder[name]
    if not isinstance(value, str) or len(value) > most:
        raise DescriptorInvalid(place=name)
    try:
        if clean_text(value, name, limit=most) != value:
            raise DescriptorInvalid(place=name)
    except FieldError as error:
        raise DescriptorInvalid(place=name) from error
    return value


def _hex(holder: Mapping[str, object], name: str) -> str:
    value = holder[name]
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise DescriptorInvalid(place=name)
    return value


def _count(holder: Mapping[str, object], name: str, *, least: int) -> int:
    value = holder[name]
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _LARGEST_NUMBER:
        raise DescriptorInvalid(place=name)
    return value


def _moment(value: object) -> datetime:
    if not isinstance(value, str):
        raise DescriptorInvalid(place="created")
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise DescriptorInvalid(place="created")
        return moment.astimezone().replace(tzinfo=None)
    except (ValueError, OverflowError, OSError) as error:  # Windows knows no time before 1970
        raise DescriptorInvalid(place="created") from error


def _party(jindu: Mapping[str, object], name: str) -> Party:
    party = _object(jindu, name, f"jindu.{name}")
    _only(party, _PARTY, f"jindu.{name}")
    unit_id, tier = _text(party, "id", 64), party["tier"]
    if not _ID.fullmatch(unit_id) or not isinstance(tier, str) or tier not in set(Tier):
        raise DescriptorInvalid(place=f"jindu.{name}")
    return Party(unit_id, _text(party, "code", 40), _words(party, "name", 60), Tier(tier))


def _resource(item: object, place: int) -> Resource:
    where = f"resources[{place}]"
    if not isinstance(item, dict):
        raise DescriptorInvalid(place=where)
    _only(item, _RESOURCE, where)
    fixed = (item["profile"], item["format"], item["mediatype"], item["encoding"])
    if fixed != ("tabular-data-resource", "csv", "text/csv", "utf-8"):
        raise DescriptorInvalid(place=where)
    name = _text(item, "name", 60)
    if item["path"] != f"data/{name}.csv":
        raise DescriptorInvalid(place=f"{where}.path")
    schema = _object(item, "schema", where)
    return Resource(name, f"data/{name}.csv", _count(item, "bytes", least=0), _sha256(item, where), schema)


def _attachment(item: object, place: int) -> AttachmentEntry:
    where = f"attachments[{place}]"
    if not isinstance(item, dict):
        raise DescriptorInvalid(place=where)
    _only(item, _ATTACHMENT, where)
    sha256, path = _sha256(item, where), _text(item, "path", 100)
    if path.partition(".")[0] != f"attachments/{sha256}":
        raise DescriptorInvalid(place=f"{where}.path")
    return AttachmentEntry(_words(item, "name", 200), path, _count(item, "bytes", least=0), sha256)


def _sha256(item: Mapping[str, object], where: str) -> str:
    value = item["hash"]
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise DescriptorInvalid(place=f"{where}.hash")
    return value.removeprefix("sha256:")
