"""The main window: a frame that loops over screens and knows no subject. Page authors read `screen.py`."""
