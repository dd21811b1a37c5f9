"""The command line: every screen's work, for automation and for PCs without a screen."""
