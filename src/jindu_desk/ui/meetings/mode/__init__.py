"""The meeting mode: a window of its own for the projector, worked by keyboard alone while the meeting runs."""
