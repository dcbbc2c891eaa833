"""BibTeX: read with patience, written so that every program reads it."""
