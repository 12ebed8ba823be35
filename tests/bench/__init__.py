"""How long it takes, beside how long it has to take. `make bench` prints it; nothing here is a test."""
