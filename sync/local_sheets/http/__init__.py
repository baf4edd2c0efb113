"""Routes, batches, uploads, pages, and what was asked."""
