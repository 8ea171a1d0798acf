"""A document → what is stored: readers, clause tree, passages, indicators, vectors, words, generations."""
