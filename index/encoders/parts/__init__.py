"""What the encoders share: cleaning, the bundled weights and their engine, sentence-transformers."""
