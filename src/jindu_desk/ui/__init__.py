"""The window: the only layer that knows Qt. Start reading at `window.py`, then `frame/screen.py`."""
