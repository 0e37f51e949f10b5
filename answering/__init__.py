"""What every room that answers over HTTP shares: conditions, encodings, headers, files, cells, bodies, protection."""
