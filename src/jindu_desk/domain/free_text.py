"""Free text must never carry a person's ID or mobile number (戒毒条例 Art. 7: personal data is secret)."""

from __future__ import annotations

import re
import unicodedata

from jindu_desk.errors.entry import IdNumberInText, PhoneNumberInText, TextMissing, TextTooLong

# Separators people put into long numbers; they do not make the number any less personal.
_GAP = r"[\s\-—·.]?"
_ID_NUMBER = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{16}}{_GAP}[\dXx](?!\d)")
_MOBILE = re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)")
LONG_TEXT = 20_000
SHORT_TEXT = 200


def clean_text(text: str, field: str, *, limit: int = LONG_TEXT, required: bool = False) -> str:
    """Return ``text`` stripped and without control characters.

    ``field`` is the Chinese name of the field, for the sentence. Full-width digits are read as digits.
    Raises `IdNumberInText`, `PhoneNumberInText`, `TextTooLong` or `TextMissing`.
    """
    kept = "".join(ch for ch in text if ch in "\n\t" or unicodedata.category(ch) not in ("Cc", "Cs", "Co")).strip()
    if required and not kept:
        raise TextMissing(field=field)
    if len(kept) > limit:
        raise TextTooLong(field=field, length=len(kept), limit=limit)
    plain = unicodedata.normalize("NFKC", kept)
    if found := _ID_NUMBER.search(plain):
        raise IdNumberInText(field=field, masked=_masked(found[0]))
    if found := _MOBILE.search(plain):
        raise PhoneNumberInText(field=field, masked=_masked(found[0]))
    return kept


def _masked(number: str) -> str:
    return f"{number[:3]}…{number[-2:]}"
