"""Users of the web console: passwords, sign-in, sessions."""
