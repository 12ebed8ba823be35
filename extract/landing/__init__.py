"""Where rows go: the raw tables, their migrations, copies and the lock. Knows no source."""
