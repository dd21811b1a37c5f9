"""The window: the only layer that knows Qt. Start reading at `window.py`, then `frame/screen.py`."""

from jindu_desk.ui.pyside_defects import keep_true_alive

keep_true_alive()
