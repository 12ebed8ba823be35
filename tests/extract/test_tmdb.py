from typing import Any

import pytest

from extract.demo.household import Household
from extract.demo.loopback import Answer, serve
from extract.demo.servers import READ_ACCESS_TOKEN, Tmdb
from extract.errors import ApiError
from extract.progress import Silent
from extract.settings import TmdbSettings
from extract.sources import tmdb
from tests.servers import Script, json_response


def genres_of(answer: Answer, token: str = READ_ACCESS_TOKEN) -> list[dict[str, Any]]:
    with serve(answer) as url:
        return list(tmdb.iter_genres(tmdb.connect(TmdbSettings(url, token)), Silent()))


def test_both_lists_are_read() -> None:
    rows = genres_of(Tmdb(Household()))
    assert len(rows) == 19 + 16
    assert {"media_type": "movie", "genre_id": 35, "genre_name": "Comedy"} in rows
    assert {"media_type": "tv", "genre_id": 35, "genre_name": "Comedy"} in rows


def test_a_wrong_token_is_told_without_the_token() -> None:
    with pytest.raises(ApiError, match="status 401.*TMDB_READ_ACCESS_TOKEN is wrong") as caught:
        genres_of(Tmdb(Household()), token="s3cret")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("answer", [None, [], {"genres": []}, {"genres": None}])
def test_an_answer_out_of_contract_is_told(answer: Any) -> None:
    with pytest.raises(ApiError, match="a list of"):
        genres_of(Script(Tmdb(Household()), json_response(answer)))


def test_a_genre_without_a_name_is_left_out_with_a_reason() -> None:
    progress = Silent()
    script = Script(Tmdb(Household()), json_response({"genres": [{"id": 1}, {"id": 2, "name": "Two"}]}))
    with serve(script) as url:
        rows = list(tmdb.iter_genres(tmdb.connect(TmdbSettings(url, READ_ACCESS_TOKEN)), progress))
    assert rows[0] == {"media_type": "movie", "genre_id": 2, "genre_name": "Two"}
    assert len(progress.rejections) == 1
