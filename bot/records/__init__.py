"""What the service remembers: preferences, turns, the question log, feedback, handled updates, the audit log."""
