"""Roads to the league (传输): each carries bytes there and back, and knows nothing of what they say."""
