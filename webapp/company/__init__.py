"""All snapshots together, linked, checked and ready to be looked up. No request, no language."""
