"""Who asks: anybody, or a partner with a key, and how often they may."""
