"""How a topic becomes somebody's thesis, and how it is taken back."""
