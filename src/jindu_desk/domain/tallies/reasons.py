"""Whether a written reason says anything. It is read by somebody who has nothing else to go by."""

from __future__ import annotations

from collections.abc import Collection

_FEWEST, _FEWEST_DIFFERENT = 4, 3  # characters
CHECKS_PER_REASON = 2  # the same words explain a matter, not one check after the other


def is_weak(reason: str, stock_phrases: Collection[str]) -> bool:
    """Whether ``reason`` explains nothing: only signs and figures, a word or two, the same over and over, or one of
    ``stock_phrases``."""
    bare = "".join(character for character in reason if character.isalnum())
    words = "".join(character for character in bare if character.isalpha())
    if len(words) < _FEWEST or len(set(words)) < _FEWEST_DIFFERENT or _is_repeated(bare):
        return True
    return any(bare == "".join(filter(str.isalnum, phrase)) for phrase in stock_phrases)


def _is_repeated(text: str) -> bool:
    """Whether a shorter text written several times makes it up."""
    return text in (text + text)[1:-1]


def code_of(key: str) -> str:
    """The check of a finding's key: ``S9-5.L02`` → ``S9``."""
    return key.partition(".")[0].partition("-")[0]
