"""Valid operations with values that no honest client sends."""
