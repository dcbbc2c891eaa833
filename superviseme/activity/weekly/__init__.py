"""The Monday letters: a report for who supervises, a plan for who writes; each once a person and ISO week."""
