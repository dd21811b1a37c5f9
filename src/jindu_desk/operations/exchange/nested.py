"""The township packages inside a district's report: read by the same function as every other, one level deep."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.errors.district_reports import (
    NestedDamaged,
    NestedKeyRevoked,
    NestedKeyUnknown,
    NestedNotBelow,
    NestedOtherMonth,
    NestedTwice,
    NestedUntrusted,
)
from jindu_desk.errors.exchange import VillageOfOther
from jindu_desk.errors.packages import (
    DamagedPackage,
    KeyRevoked,
    KeyUnknown,
    PackageError,
    RowsInvalid,
    SenderNotBelow,
)
from jindu_desk.operations.exchange.projection import refuse_foreign_units, refuse_foreign_villages
from jindu_desk.packages.container import DESCRIPTOR, open_container
from jindu_desk.packages.descriptor import AttachmentEntry, Descriptor, parse_json, read_descriptor
from jindu_desk.packages.roster import Roster
from jindu_desk.packages.verify import VerifiedPackage, verify_package
from jindu_desk.queries.exchange.checks import refuse_unknown_items
from jindu_desk.queries.exchange.nested_packages import SUFFIX, nested_entries


@dataclass(frozen=True, slots=True)
class Report:
    """A verified report; ``nested``: of a district's, the packages of its townships that it rests on."""

    package: VerifiedPackage
    nested: tuple[VerifiedPackage, ...] = ()


@dataclass(frozen=True, slots=True)
class Inner:
    """A package inside a package as its own descriptor has it, before anything else of it is read."""

    stream: str
    receiver: str
    number: int
    period: str
    path: str
    sha256: str


def open_report(package: VerifiedPackage, roster: Roster | None) -> Report:
    """Verify the packages inside. Whether their senders are the district's is asked of the list (`refuse_foreign`).

    Raises `NestedKeyUnknown`, `NestedKeyRevoked`, `NestedUntrusted`, `NestedDamaged`, `NestedNotBelow`,
    `NestedOtherMonth`, `NestedTwice`: one that does not pass keeps the whole out.
    """
    found: dict[str, VerifiedPackage] = {}
    for entry in nested_entries(package):
        nested = _opened(package, entry, roster)
        about = nested.descriptor
        if about.stream in found:
            raise NestedTwice(unit=_quoted(about.sender.name), district=_district(package))
        found[about.stream] = nested
    return Report(package, tuple(found[stream] for stream in sorted(found)))


def inner_packages(content: bytes) -> tuple[Inner, ...]:
    """What lies in a report that was verified before: the descriptors alone are read."""
    container = open_container(content)
    descriptor = read_descriptor(parse_json(container.read(DESCRIPTOR)))
    found = []
    for entry in descriptor.attachments:
        if entry.path.endswith(SUFFIX):
            inner = _descriptor_of(container.read(entry.path))
            found.append(
                Inner(inner.stream, inner.receiver.id, inner.number, inner.period or "", entry.path, entry.sha256)
            )
    return tuple(found)


def inner_package(content: bytes, path: str) -> VerifiedPackage:
    """One of them, verified again. Whom to trust was judged when it came."""
    return verify_package(open_container(content).read(path), None)


def refuse_foreign(session: Session, report: Report) -> None:
    """Our list decides who is whose, of the report and of what lies in it: raises as `refuse_foreign_units`, and for
    a package inside `NestedNotBelow` and `NestedUntrusted`."""
    refuse_foreign_villages(session, report.package)
    for nested in report.nested:
        refuse_foreign_inner(session, nested, report.package.descriptor.sender.name)


def refuse_foreign_inner(session: Session, nested: VerifiedPackage, district: str) -> None:
    """The same for one of the packages inside, which was sent to the unit called ``district``."""
    about = nested.descriptor
    told = {"unit": _quoted(about.sender.name), "district": _quoted(district)}
    try:
        refuse_foreign_units(session, nested, about.receiver.id, Month.parse(about.period or ""))
    except SenderNotBelow as error:
        raise NestedNotBelow(**told) from error
    except VillageOfOther as error:
        raise NestedUntrusted(cause=str(error), **told) from error


def refuse_unknown_in(session: Session, report: Report) -> None:
    """`refuse_unknown_items` for the report and what lies in it."""
    refuse_unknown_items(session, report.package)
    for nested in report.nested:
        try:
            refuse_unknown_items(session, nested)
        except RowsInvalid as error:
            unit = _quoted(nested.descriptor.sender.name)
            raise NestedDamaged(unit=unit, district=_district(report.package), cause=str(error)) from error


def _opened(package: VerifiedPackage, entry: AttachmentEntry, roster: Roster | None) -> VerifiedPackage:
    content, about = package.attachments[entry.path], package.descriptor
    told = {"unit": _claimed(content, entry.name), "district": _district(package)}
    try:
        nested = verify_package(content, roster, about.stream)
    except KeyUnknown as error:
        raise NestedKeyUnknown(fingerprint=error.facts["fingerprint"], **told) from error
    except KeyRevoked as error:
        raise NestedKeyRevoked(fingerprint=error.facts["fingerprint"], **told) from error
    except DamagedPackage as error:
        raise NestedDamaged(cause=str(error), **told) from error
    except PackageError as error:
        raise NestedUntrusted(cause=str(error), **told) from error
    if nested.descriptor.kind is not PackageKind.REPORT or nested.descriptor.sender.tier is not Tier.TOWNSHIP:
        raise NestedNotBelow(**told)
    if nested.descriptor.period != about.period:
        raise NestedOtherMonth(found=nested.descriptor.period or "", period=about.period or "", **told)
    return nested


def _claimed(content: bytes, name: str) -> str:
    """Whose it is by its own word, before that is proven; else as the district calls it."""
    try:
        return _quoted(_descriptor_of(content).sender.name)
    except PackageError:
        return _quoted(name)


def _descriptor_of(content: bytes) -> Descriptor:
    return read_descriptor(parse_json(open_container(content).read(DESCRIPTOR)))


def _district(package: VerifiedPackage) -> str:
    return _quoted(package.descriptor.sender.name)


def _quoted(name: str) -> str:
    return f"“{name}”"
