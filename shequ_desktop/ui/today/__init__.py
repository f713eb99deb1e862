"""Today (今日): whom to visit, what was promised, what waits for a decision."""
