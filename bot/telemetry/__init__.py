"""What the service says of itself: logs with the id of the request, figures for Prometheus."""
