"""Desks, the frame around pages, and the search page: surfaces over all rooms."""
