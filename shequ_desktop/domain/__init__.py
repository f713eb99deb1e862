"""What outreach work is: records, code tables, rules. Knows no database, network, clock or window."""
