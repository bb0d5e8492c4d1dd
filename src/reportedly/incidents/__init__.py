"""Which claims are about one happening, and how well it is supported: pure functions, without a database."""
