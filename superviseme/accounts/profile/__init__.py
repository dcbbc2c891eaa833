"""What people say about themselves, and how they want the site."""
