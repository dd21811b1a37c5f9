"""What a person does, through the same window that the tests of pages use."""

from tests.ui.conftest import office, window_for

__all__ = ["office", "window_for"]
