"""The request side: routes, answers, errors, the server."""
