"""Practice (练习): a made-up gacha, and one day in it walked through the same services that a person uses."""
