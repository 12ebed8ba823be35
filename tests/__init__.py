"""Tests: by module, then the whole way on a small household and on the simulated one."""
