from pathlib import Path

import pytest

from extract.errors import SettingsError
from extract.settings import load_settings
from tests.environment import PROJECT, SETTINGS


def set_emby(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in {"EMBY_BASE_URL": "http://server:8096", "EMBY_API_KEY": "key", **settings}.items():
        monkeypatch.setenv(name, value)


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("EMBY_BASE_URL=http://file:1\nEMBY_API_KEY=from-file\n", encoding="utf-8")
    monkeypatch.setenv("EMBY_BASE_URL", "http://environment:2")
    settings = load_settings().emby()
    assert settings.base_url == "http://environment:2"
    assert settings.api_key == "from-file"


def test_a_variable_set_to_nothing_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("EMBY_API_KEY=from-file\nTMDB_READ_ACCESS_TOKEN=\nEMBY_CA_FILE=\n", encoding="utf-8")
    set_emby(monkeypatch, EMBY_API_KEY=" ")
    settings = load_settings()
    assert settings.emby().api_key == "from-file"
    assert settings.emby().verify is True
    assert settings.tmdb() is None


def test_every_missing_setting_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings().emby()
    message = str(caught.value)
    assert "EMBY_BASE_URL is not set" in message
    assert "EMBY_API_KEY is not set" in message
    assert ".env.example" in message


@pytest.mark.parametrize("url", ["http://server:8096", "http://server:8096/", "https://server/media/emby//"])
def test_an_address_may_end_in_a_slash(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    set_emby(monkeypatch, EMBY_BASE_URL=url)
    assert load_settings().emby().base_url == url.rstrip("/")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EMBY_BASE_URL", "server:8096"),
        ("EMBY_BASE_URL", "ftp://server"),
        ("EMBY_BASE_URL", "http://"),
        ("EMBY_BASE_URL", "http://[::1"),
        ("EMBY_BASE_URL", "http://127.0.0.1:abc"),
        ("EMBY_API_KEY", "two words of secret"),
        ("EMBY_API_KEY", "secret…"),
        ("EMBY_BASE_URL", "http://server:8096/web/index.html#!/home"),
        ("EMBY_BASE_URL", "http://ann:secret@server:8096"),
        ("EMBY_VERIFY_TLS", "maybe"),
        ("EMBY_CA_FILE", "no-such-file.pem"),
    ],
)
def test_a_setting_that_cannot_be_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    set_emby(monkeypatch, **{name: value})
    with pytest.raises(SettingsError, match=name) as caught:
        load_settings().emby()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("path", ["'data/warehouse.db'", '"data/warehouse.db"', "data/warehouse.db ", " data/w.db"])
def test_a_path_in_quotes_or_blanks_begins_no_new_database(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setenv("WAREHOUSE_PATH", path)
    with pytest.raises(SettingsError, match="without blanks and quotes"):
        _ = load_settings().warehouse_path


def test_a_key_in_a_file_is_not_called_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k", encoding="utf-8")
    monkeypatch.setenv("EMBY_API_KEY_FILE", str(tmp_path / "key"))
    with pytest.raises(SettingsError) as caught:
        load_settings().emby()
    assert "EMBY_BASE_URL is not set" in str(caught.value)
    assert "EMBY_API_KEY is" not in str(caught.value)


def test_tls_is_checked_by_ca_file_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("ca.pem").touch()
    set_emby(monkeypatch, EMBY_CA_FILE="ca.pem")
    assert load_settings().emby().verify == "ca.pem"
    set_emby(monkeypatch, EMBY_VERIFY_TLS="False")
    assert load_settings().emby().verify is False


def test_secrets_are_in_no_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    set_emby(monkeypatch, EMBY_API_KEY="s3cret", TMDB_READ_ACCESS_TOKEN="s3cret")
    settings = load_settings()
    assert "s3cret" not in f"{settings!r} {settings.emby()!r} {settings.tmdb()!r}"


def test_the_example_lists_every_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    example = (PROJECT / ".env.example").read_text(encoding="utf-8")
    assert {line.partition("=")[0] for line in example.splitlines() if line and line[0] != "#"} == set(SETTINGS)
    Path(".env").write_text(example.replace("EMBY_API_KEY=", "EMBY_API_KEY=key"), encoding="utf-8")
    monkeypatch.delenv("EMBY_BASE_URL", raising=False)
    assert load_settings().emby().api_key == "key"


def test_a_secret_may_be_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("key").write_text("from-file\n", encoding="utf-8")
    monkeypatch.setenv("EMBY_BASE_URL", "http://server:8096")
    monkeypatch.setenv("EMBY_API_KEY_FILE", "key")
    monkeypatch.setenv("TMDB_READ_ACCESS_TOKEN_FILE", "key")
    settings = load_settings()
    assert settings.emby().api_key == "from-file"
    tmdb = settings.tmdb()
    assert tmdb is not None
    assert tmdb.read_access_token == "from-file"


@pytest.mark.parametrize(("content", "said"), [(None, "cannot be read"), ("", "is empty"), ("\n", "is empty")])
def test_a_secret_file_that_holds_none_is_told(monkeypatch: pytest.MonkeyPatch, content: str | None, said: str) -> None:
    if content is not None:
        Path("key").write_text(content, encoding="utf-8")
    monkeypatch.setenv("EMBY_BASE_URL", "http://server:8096")
    monkeypatch.setenv("EMBY_API_KEY_FILE", "key")
    with pytest.raises(SettingsError, match=f"EMBY_API_KEY_FILE.*{said}"):
        load_settings().emby()


def test_blanks_around_a_secret_are_not_part_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    set_emby(monkeypatch, EMBY_API_KEY=" key\n")
    assert load_settings().emby().api_key == "key"


def test_a_file_of_settings_that_cannot_be_read_is_told() -> None:
    Path(".env").write_bytes(b"EMBY_API_KEY=\xff")
    with pytest.raises(SettingsError, match=r"\.env cannot be read"):
        load_settings()
