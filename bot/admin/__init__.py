"""Documents come and go: previewed, checked, published, rolled back. Every channel calls the same verbs."""
