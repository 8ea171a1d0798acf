"""Personal data: found and masked before anything is stored or logged; people known by pseudonyms only."""
