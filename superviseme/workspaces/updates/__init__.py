"""Updates with comments, feedback and tags. The model room: other rooms are built in its image."""
