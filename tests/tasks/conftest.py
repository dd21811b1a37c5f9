"""What a person does, through the same window that the tests of pages use."""

from tests.ui.conftest import keys_let_go, office, window_for

__all__ = ["keys_let_go", "office", "window_for"]
