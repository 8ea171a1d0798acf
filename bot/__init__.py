"""An answer → a person: configuration, the one core, and the channels."""
