"""Settings, environment and the front door: knows every room."""
