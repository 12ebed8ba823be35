"""Where rows come from: asked or read, and yielded as they were received. Knows no table."""
