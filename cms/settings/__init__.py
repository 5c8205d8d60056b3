"""Settings, one file a concern; ``dev``, ``test`` and ``production`` are the entry points."""
