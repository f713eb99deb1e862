"""The exchange with the league: what waits, what came, when it happens by itself."""
