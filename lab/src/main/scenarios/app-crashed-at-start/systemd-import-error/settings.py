"""What the application is told."""
