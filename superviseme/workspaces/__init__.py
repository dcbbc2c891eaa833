"""The shared room of a thesis or a project. Every feature is written once, here."""
