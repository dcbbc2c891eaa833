"""Publications in a thesis or project."""
