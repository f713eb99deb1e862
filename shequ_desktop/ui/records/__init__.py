"""What pages of records share: forms from declared fields, their drafts, history, timeline, masked values."""
