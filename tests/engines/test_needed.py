"""An engine that is not installed is passed over, and missed where every engine is asked for."""

import pytest

from tests.engines.needed import needed


def test_what_is_not_installed_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEED_ENGINES", raising=False)
    with pytest.raises(pytest.skip.Exception, match="make install-duckdb"):
        needed("no_such_module", "duckdb")


def test_what_is_not_installed_is_missed_where_every_engine_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEED_ENGINES", "1")
    with pytest.raises(pytest.fail.Exception, match="no_such_module is not installed"):
        needed("no_such_module", "duckdb")


def test_what_is_installed_is_returned() -> None:
    assert needed("json", "duckdb").loads("1") == 1
