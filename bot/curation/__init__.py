"""The admin's weekly round: questions that were not answered well, grouped, and what is decided about them."""
