"""What every room that answers over HTTP shares: conditions, encodings, kept bodies."""
