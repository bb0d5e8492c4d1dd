"""Following the news: feeds, sitemaps and folders, asked again and again, politely, and kept in a ledger."""
