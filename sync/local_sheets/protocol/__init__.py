"""Google's messages: which fields there are, masks over them, and a body checked against them."""
