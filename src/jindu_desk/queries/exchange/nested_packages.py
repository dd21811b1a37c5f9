"""The township packages that lie in a district's report, as attachments of their own kind."""

from __future__ import annotations

from collections.abc import Iterator

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.units import Tier
from jindu_desk.packages.descriptor import AttachmentEntry
from jindu_desk.packages.verify import VerifiedPackage, verify_package

SUFFIX = ".jdpkg"


def is_districts(package: VerifiedPackage) -> bool:
    """Whether it is a report that rests on packages inside."""
    about = package.descriptor
    return about.kind is PackageKind.REPORT and about.sender.tier is Tier.DISTRICT


def nested_entries(package: VerifiedPackage) -> Iterator[AttachmentEntry]:
    return (entry for entry in package.descriptor.attachments if entry.path.endswith(SUFFIX))


def nested_package(package: VerifiedPackage, entry: AttachmentEntry) -> VerifiedPackage:
    """One of them, verified again. Whom to trust was judged when it came; raises `PackageError`."""
    return verify_package(package.attachments[entry.path], None)
