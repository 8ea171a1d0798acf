"""Charts of indicator values: rows → ``ChartData`` → a PNG for chats or an accessible SVG for the web."""
