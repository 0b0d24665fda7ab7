"""What a meeting is about, what it decided, and what has changed since."""
