"""Pictures of the pages of PDF sources, and where words stand on them."""
