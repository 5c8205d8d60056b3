"""The editors' vocabulary. Blocks hold what was typed; ``knowledge.rendering`` makes it HTML."""
