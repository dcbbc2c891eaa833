"""Theses and students, listed for who supervises, writes or administers."""
