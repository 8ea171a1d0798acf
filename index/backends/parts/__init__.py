"""What the backends share: filters."""
