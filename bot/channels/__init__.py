"""The channels: each translates and sends; none ranks, cites, or words a refusal."""
