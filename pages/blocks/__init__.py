"""What pages are built from: the body's blocks, and the sections of a home page."""
