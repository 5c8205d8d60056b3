"""Pages as delivery shows them: plain data, every reference resolved for the public."""
