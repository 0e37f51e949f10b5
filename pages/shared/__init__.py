"""What the pages share: language, filters, cached data, charts and layout.

Rule: a page asks this package for words, numbers and pictures; it never queries, sums, colours or caches.
"""
