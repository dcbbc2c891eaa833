"""The ORCID record of a person: linked, read by the worker, kept when ORCID fails."""
