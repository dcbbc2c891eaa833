"""Topics (public offers), interests, and what is special about a thesis. Read states.py first."""
