"""One file a form: what stands where on the sheet."""
