"""Objectives and hypotheses."""
