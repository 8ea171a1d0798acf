"""A question → an answer: understanding, search, evidence, indicators, verification."""
