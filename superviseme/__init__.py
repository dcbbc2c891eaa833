"""SuperviseMe: supervision of theses and research projects. The map of the house is in docs/architecture.md."""

__version__ = "1.0.0"
