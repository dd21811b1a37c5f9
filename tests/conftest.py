"""Fixtures for the whole suite. Qt draws into memory unless a platform was asked for."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt loads
