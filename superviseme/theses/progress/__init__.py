"""The state of a thesis, its history, and the facts only a thesis has."""
