"""What pages are built of. Each says its words by key and knows no record and no service."""
