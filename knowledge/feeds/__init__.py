"""What is new, for feed readers and crawlers: Atom, JSON Feed and a sitemap."""
