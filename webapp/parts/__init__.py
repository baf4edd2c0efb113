"""Views of single things that several pages show: cards, scores, cells, history, freshness."""
