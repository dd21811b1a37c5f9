"""Packages: written, received, judged, answered; keys and how they change."""
