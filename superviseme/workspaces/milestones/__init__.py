"""Milestones: what is due when."""
