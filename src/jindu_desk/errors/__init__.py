"""Errors a person can act on. Each owns its sentence: what happened, what to do.

Anything else that goes wrong is a bug: it is logged with its traceback and told calmly, and what was
typed is kept. One module per subject, so that a screen's sentences are found under the screen's name.
"""

from __future__ import annotations

import re
from typing import ClassVar

_WORD_START = re.compile(r"(?<!^)(?=[A-Z])")


class DeskError(Exception):
    """Base of everything the user can act on.

    ``sentence`` is a format string in Chinese; the keyword arguments of the constructor fill it and stay
    readable as ``facts``. ``code`` is the stable machine name that ``--json`` prints.
    """

    sentence: ClassVar[str]

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))

    @property
    def code(self) -> str:
        """The class name as words, e.g. ``folder_in_use``."""
        return _WORD_START.sub("_", type(self).__name__).lower()
