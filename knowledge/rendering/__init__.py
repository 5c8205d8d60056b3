"""From what editors typed to what the public reads: HTML, Markdown and plain text of one source."""
