"""Public accountability dossiers: YAML in, a checked and cited static site out. Start reading at `pipeline.py`."""

__version__ = "0.1.0"
