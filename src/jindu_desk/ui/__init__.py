"""The window: the only layer that knows Qt. Start reading at `window.py`, then `frame/screen.py`."""

from jindu_desk.ui.breathing import breathe_freely

breathe_freely()  # before the window's modules are loaded: collecting among them costs a tenth of the start
