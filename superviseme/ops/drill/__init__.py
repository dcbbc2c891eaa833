"""The fire drill: a site of its own is deployed, broken, rolled back, wiped and restored, and what that costs is measured."""
