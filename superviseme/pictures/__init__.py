"""The picture of a person beside their name. docs/decisions/profile_pictures.md says how it is kept and who sees it."""
