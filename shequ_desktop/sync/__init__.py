"""How copies agree: merge, conflicts, wire format, envelope, keys, fair time. Pure; knows no store and no clock."""
