"""All knowledge as data, and the code that reads it."""
