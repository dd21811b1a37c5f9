"""Packages and keys as rows."""
