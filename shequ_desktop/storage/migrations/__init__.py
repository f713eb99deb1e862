"""Alembic's three branches: `records` (shared), `desktop` (laptops only), `league` (leagues only)."""
