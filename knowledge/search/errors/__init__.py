"""From pasted output of any tool to the debug entry that explains it."""
