"""Packages of engines, which not everybody has."""

import importlib
import os
from typing import Any

import pytest


def needed(module: str, extra: str) -> Any:
    """Return a module. Without it the test is skipped, and fails where every engine is asked for."""
    try:
        return importlib.import_module(module)
    except ImportError:
        if os.environ.get("NEED_ENGINES"):
            pytest.fail(f"{module} is not installed, and this run needs it.")
        pytest.skip(f"{module} is not installed: make install-{extra}.")
