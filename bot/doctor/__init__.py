"""Looks over an installation and says what to do where something is wrong."""
