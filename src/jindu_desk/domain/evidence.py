"""What can stand behind an entry: invoices, receipts, photographs; never a program that opening it would run."""

from __future__ import annotations

from jindu_desk.errors.expenses import NotEvidence

PICTURES = ("jpg", "jpeg", "png", "heic", "heif", "webp", "bmp", "gif", "tif", "tiff")
_PAPERS = ("pdf", "ofd", "xml", "eml", "txt", "rtf", "csv", "zip")
_OFFICE = ("doc", "docx", "wps", "xls", "xlsx", "et", "ppt", "pptx", "dps", "odt", "ods")
KINDS = frozenset((*PICTURES, *_PAPERS, *_OFFICE))


def check_evidence(name: str) -> None:
    """By the ending of the file's name, which is what the system opens it by. Raises `NotEvidence`."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or ending.lower() not in KINDS:
        raise NotEvidence(name=name)
