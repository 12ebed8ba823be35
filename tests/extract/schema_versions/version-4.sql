-- A small household's database at schema version 4, as emby-elt loaded and built it, but for reports, evenings and the rows
-- of models that the tests do not compare.
BEGIN TRANSACTION;
CREATE TABLE builds (
        status text primary key,
        build_number integer not null,
        invocation_id text not null,
        models text not null,
        vars text not null,
        clocks text not null,
        library text not null,
        load_id integer not null,
        began_at text not null
    ) strict
  ;
CREATE TABLE "extract_runs" (
                extract_run_id text not null,
                run_id text not null,
                step text not null,
                status text not null,
                error text,
                note text,
                rows_read integer,
                rows_inserted integer,
                rows_updated integer,
                rows_removed integer,
                rows_rejected integer,
                request_count integer,
                server_utc_offset_seconds integer,
                duration_seconds integer,
                started_at text not null,
                finished_at text
            ) strict;
CREATE TABLE int_item_genres_unique(
  item_genre_id,
  item_id TEXT,
  genre_id,
  genre_name,
  genre_id_source,
  is_inherited_from_series
);
CREATE TABLE int_library_items_described(
  item_id TEXT,
  series_id,
  item_type TEXT,
  item_name,
  series_name,
  official_rating,
  overview,
  file_path,
  container,
  video_codec,
  season_number,
  episode_number,
  last_episode_number,
  runtime_seconds,
  production_year,
  community_rating,
  resolution_width,
  resolution_height,
  premiere_date,
  added_at,
  removed_at TEXT
);
CREATE TABLE int_names_hashed(
  spelling,
  name,
  hash_id INT
);
CREATE TABLE int_report_offsets(
  utc_offset_seconds INT,
  from_epoch_seconds INT
);
CREATE TABLE int_series_episodes_followed(
  item_id TEXT,
  next_item_id TEXT
);
CREATE TABLE int_series_episodes_ordered(
  item_id TEXT,
  series_id,
  item_name,
  series_name,
  episode_code,
  season_number,
  episode_number,
  last_episode_number,
  is_in_library,
  is_in_order
);
CREATE TABLE int_server_clock_offsets(
  zone TEXT,
  utc_offset_seconds INT,
  local_from
);
CREATE TABLE "int_user_items_described" (
                user_id text not null,
                item_id text not null,
                user_item_id text not null,
                user_name text not null,
                item_name text,
                item_type text,
                runtime_basis text,
                runtime_seconds integer,
                changed_in_build integer not null,
                is_in_library integer not null, primary key (user_id, item_id)
            ) strict, without rowid;
CREATE TABLE int_user_items_observed(
  user_id TEXT,
  item_id TEXT
);
CREATE TABLE "int_user_items_played" (
                user_id text not null,
                item_id text not null,
                last_item_name text,
                last_item_type text,
                last_named_at_second text,
                last_typed_at_second text, primary key (user_id, item_id)
            ) strict, without rowid;
CREATE TABLE int_users_named(
  user_id TEXT,
  user_name,
  is_hidden,
  is_removed
);
CREATE TABLE "int_watch_event_observations_checked" (
                user_id text not null,
                item_id text not null,
                played_at_second text not null,
                source text not null,
                played_at_local text not null,
                play_duration_seconds text not null,
                pause_duration_seconds text not null,
                item_name text,
                item_type text,
                reason text,
                watched_seconds integer,
                paused_seconds integer,
                load_id integer not null,
                started_epoch_seconds integer, primary key (user_id, item_id, played_at_second, source, played_at_local, play_duration_seconds, pause_duration_seconds)
            ) strict, without rowid;
CREATE TABLE "int_watch_events_started" (
                user_id text not null,
                item_id text not null,
                started_epoch_seconds integer not null,
                played_at_second text not null,
                source text not null,
                play_duration_seconds text not null,
                pause_duration_seconds text not null,
                observation_count integer not null,
                watched_seconds integer not null,
                paused_seconds integer,
                played_at_local text not null, primary key (user_id, item_id, started_epoch_seconds, played_at_second)
            ) strict, without rowid;
CREATE TABLE "int_watch_sessions_formed" (
                user_id text not null,
                item_id text not null,
                started_epoch_seconds integer not null,
                event_count integer not null,
                total_seconds_watched integer not null,
                paused_seconds integer,
                earlier_event_count integer not null,
                ended_epoch_seconds integer not null, primary key (user_id, item_id, started_epoch_seconds)
            ) strict, without rowid;
CREATE TABLE "int_watch_sessions_in_viewings" (
                user_id text not null,
                item_id text not null,
                started_epoch_seconds integer not null,
                viewing_number integer not null,
                completes_viewing integer not null, primary key (user_id, item_id, started_epoch_seconds)
            ) strict, without rowid;
CREATE TABLE int_watched_items(
  item_id TEXT,
  item_name,
  item_type,
  runtime_basis,
  runtime_seconds,
  is_in_library
);
CREATE TABLE "item_genres" (
                item_genre_id text not null,
                item_id text not null,
                genre_id integer not null,
                genre_name text not null,
                genre_id_source text not null,
                is_inherited_from_series integer not null
            ) strict;
INSERT INTO "item_genres" VALUES('1|53','1',53,'Thriller','tmdb',0);
INSERT INTO "item_genres" VALUES('1|80','1',80,'Crime','tmdb',0);
INSERT INTO "item_genres" VALUES('1|886917752','1',886917752,'Ångest','hash',0);
INSERT INTO "item_genres" VALUES('11|16','11',16,'Animation','tmdb',1);
INSERT INTO "item_genres" VALUES('11|35','11',35,'Comedy','tmdb',1);
INSERT INTO "item_genres" VALUES('12|10751','12',10751,'Family','tmdb',0);
INSERT INTO "item_genres" VALUES('9|18','9',18,'Drama','tmdb',0);
CREATE TABLE "item_provider_ids" (
                item_provider_id text not null,
                item_id text not null,
                provider text not null,
                provider_item_id text not null
            ) strict;
CREATE TABLE "item_tags" (
                item_tag_id text not null,
                item_id text not null,
                tag_id text not null,
                tag_name text not null
            ) strict;
CREATE TABLE "items" (
                item_id text not null,
                series_id text,
                item_type text,
                item_name text,
                series_name text,
                official_rating text,
                overview text,
                file_path text,
                container text,
                video_codec text,
                season_number integer,
                episode_number integer,
                runtime_seconds integer,
                production_year integer,
                community_rating real,
                resolution_width integer,
                resolution_height integer,
                is_in_library integer not null,
                premiere_date text,
                added_at text,
                removed_at text
            ) strict;
CREATE TABLE "library_items" (
                item_id text not null,
                series_id text,
                item_type text not null,
                item_name text,
                series_name text,
                official_rating text,
                overview text,
                file_path text,
                container text,
                video_codec text,
                season_number integer,
                episode_number integer,
                runtime_seconds integer,
                production_year integer,
                community_rating real,
                resolution_width integer,
                resolution_height integer,
                premiere_date text,
                added_at text
            ) strict;
INSERT INTO "library_items" VALUES('1',NULL,'Movie','Detour',NULL,'NR','A hitch-hiker''s luck runs out.','/media/Detour.mkv','mkv','h264',NULL,NULL,3600,1945,7.25,1440,1080,'1945-11-30','2025-01-02 03:04:05');
INSERT INTO "library_items" VALUES('11','10','Episode','Volcano','Superman',NULL,NULL,NULL,NULL,NULL,1,8,500,NULL,NULL,NULL,NULL,NULL,'2025-01-01 00:00:11');
INSERT INTO "library_items" VALUES('12','10','Episode','Showdown','Superman',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2025-01-01 00:00:12');
INSERT INTO "library_items" VALUES('2',NULL,'Movie','Charade',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,640,480,NULL,'2025-01-03 00:00:00');
INSERT INTO "library_items" VALUES('9',NULL,'Movie','Scarlet Street',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,100,NULL,NULL,NULL,NULL,NULL,'2025-01-01 00:00:09');
CREATE TABLE raw_emby_items (item_id text not null, item_type text, payload text not null, first_loaded_at text, last_loaded_at text, removed_at text, change_number integer, primary key (item_id));
INSERT INTO "raw_emby_items" VALUES('1','Movie','{"Id": "1", "Name": "Detour", "Type": "Movie", "DateCreated": "2025-01-02T03:04:05.9999999Z", "RunTimeTicks": 36000000000, "PremiereDate": "1945-11-30T00:00:00.0000000Z", "ProductionYear": 1945, "CommunityRating": 7.25, "OfficialRating": "NR", "Overview": "A hitch-hiker''s luck runs out.", "Path": "/media/Detour.mkv", "Container": "mkv", "ProviderIds": {"IMDB": "tt0037638", "Imdb": "", "Tmdb": "20367", "Tvdb": ""}, "Genres": ["crime", "Thriller"], "GenreItems": [{"Name": "Crime", "Id": 1}, {"Name": "Ångest", "Id": 2}], "TagItems": [{"Name": "Noir", "Id": 31}], "MediaStreams": [{"Type": "EmbeddedImage", "Codec": "mjpeg", "Width": 600, "Height": 900}, {"Type": "Video", "Codec": "h264", "Width": 1440, "Height": 1080}]}','2026-11-26 00:59:09','2026-11-26 00:59:09',NULL,1);
INSERT INTO "raw_emby_items" VALUES('10','Series','{"Id": "10", "Name": "Superman", "Type": "Series", "DateCreated": "2025-01-01T00:00:10.0000000Z", "RunTimeTicks": 54000000000, "Genres": ["Animation", "Comedy"]}','2026-11-26 00:59:09','2026-11-26 00:59:09',NULL,1);
INSERT INTO "raw_emby_items" VALUES('11','Episode','{"Id": "11", "Name": "Volcano", "Type": "Episode", "DateCreated": "2025-01-01T00:00:11.0000000Z", "RunTimeTicks": 5000000000, "SeriesId": "10", "SeriesName": "Superman", "ParentIndexNumber": 1, "IndexNumber": 8}','2026-11-26 00:59:09','2026-11-26 00:59:09',NULL,1);
INSERT INTO "raw_emby_items" VALUES('12','Episode','{"Id": "12", "Name": "Showdown", "Type": "Episode", "DateCreated": "2025-01-01T00:00:12.0000000Z", "SeriesId": "10", "Genres": ["Family"]}','2026-11-26 00:59:09','2026-11-26 00:59:09',NULL,1);
INSERT INTO "raw_emby_items" VALUES('2','Movie','{"Id": "2", "Name": "Charade", "Type": "Movie", "DateCreated": "2025-01-03T00:00:00+00:00", "RunTimeTicks": 0, "Width": 640, "Height": 480}','2026-11-26 00:59:09','2026-11-26 00:59:09',NULL,1);
INSERT INTO "raw_emby_items" VALUES('9','Movie','{"Id": "9", "Name": "Scarlet Street", "Type": "Movie", "DateCreated": "2025-01-01T00:00:09.0000000Z", "RunTimeTicks": 1000000000, "Genres": ["Drama"]}','2026-11-26 00:59:09','2026-11-26 00:59:09',NULL,1);
CREATE TABLE raw_emby_users (user_id text not null, user_name text, payload text not null, first_loaded_at text, last_loaded_at text, removed_at text, primary key (user_id));
INSERT INTO "raw_emby_users" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','ann','{"Id": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "Name": "ann", "Policy": {"IsHidden": false}}','2026-11-26 00:59:09','2026-11-26 00:59:09',NULL);
INSERT INTO "raw_emby_users" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','bob','{"Id": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "Name": "bob", "Policy": {"IsHidden": true}}','2026-11-26 00:59:09','2026-11-26 00:59:09',NULL);
CREATE TABLE raw_emby_watch_days (source text not null, played_on text not null, row_count integer, play_seconds integer, pause_seconds integer, first_rowid integer, last_rowid integer, read_at text not null, primary key (source, played_on));
INSERT INTO "raw_emby_watch_days" VALUES('query','2025-08-10',1,450,0,1,1,'2026-11-26 00:59:09');
INSERT INTO "raw_emby_watch_days" VALUES('query','2025-09-01',1,2000,0,2,2,'2026-11-26 00:59:09');
INSERT INTO "raw_emby_watch_days" VALUES('query','2025-09-02',1,1540,300,3,3,'2026-11-26 00:59:09');
INSERT INTO "raw_emby_watch_days" VALUES('query','2025-09-03',3,1854,0,6,8,'2026-11-26 00:59:09');
INSERT INTO "raw_emby_watch_days" VALUES('query','2025-09-04',1,90,0,11,11,'2026-11-26 00:59:09');
INSERT INTO "raw_emby_watch_days" VALUES('query','2025-09-05',1,95,0,12,12,'2026-11-26 00:59:09');
INSERT INTO "raw_emby_watch_days" VALUES('query','2025-09-06',1,100,'',13,13,'2026-11-26 00:59:09');
INSERT INTO "raw_emby_watch_days" VALUES('query','2025-09-07',1,-17,0,14,14,'2026-11-26 00:59:09');
INSERT INTO "raw_emby_watch_days" VALUES('query','2025-09-10',2,3600,0,4,5,'2026-11-26 00:59:09');
INSERT INTO "raw_emby_watch_days" VALUES('query','2025-10-05',2,90,0,9,10,'2026-11-26 00:59:09');
CREATE TABLE raw_emby_watch_events (source text not null, user_id text not null, item_id text not null, played_at_local text not null, play_duration_seconds text not null, pause_duration_seconds text not null, item_name text, item_type text, user_name text, remote_address text, playback_method text, client_name text, device_name text, transcode_reasons text, first_loaded_at text, load_id integer, primary key (user_id, item_id, played_at_local, source, play_duration_seconds, pause_duration_seconds)) without rowid;
INSERT INTO "raw_emby_watch_events" VALUES('query','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','2025-09-01 20:00:00.0000000','2000','0','Item 1','Movie',NULL,'192.168.1.2','DirectPlay','Emby Web','Firefox','','2026-11-26 00:59:09',1);
INSERT INTO "raw_emby_watch_events" VALUES('query','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','2025-09-02 20:00:00.0000000','1540','300','Item 1','Movie',NULL,'192.168.1.2','DirectPlay','Emby Web','Firefox','','2026-11-26 00:59:09',1);
INSERT INTO "raw_emby_watch_events" VALUES('query','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','2025-09-10 20:00:00.0000000','1800','0','Item 1','Movie',NULL,'192.168.1.2','DirectPlay','Emby Web','Firefox','','2026-11-26 00:59:09',1);
INSERT INTO "raw_emby_watch_events" VALUES('query','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','2025-09-10 20:45:00.0000000','1800','0','Item 1','Movie',NULL,'192.168.1.2','DirectPlay','Emby Web','Firefox','','2026-11-26 00:59:09',1);
INSERT INTO "raw_emby_watch_events" VALUES('query','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','11','2025-08-10 03:00:00.0000000','450','0','Item 11','Episode',NULL,'192.168.1.2','DirectPlay','Emby Web','Firefox','','2026-11-26 00:59:09',1);
INSERT INTO "raw_emby_watch_events" VALUES('query','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','1','2025-09-06 20:00:00.0000000','100','','Item 1','Movie',NULL,'192.168.1.2','DirectPlay','Emby Web','Firefox','','2026-11-26 00:59:09',1);
INSERT INTO "raw_emby_watch_events" VALUES('query','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','1','2025-09-07 20:00:00.0000000','-17','0','Item 1','Movie',NULL,'192.168.1.2','DirectPlay','Emby Web','Firefox','','2026-11-26 00:59:09',1);
INSERT INTO "raw_emby_watch_events" VALUES('query','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','12','2025-10-05 02:30:00.0000000','30','0','Item 12','Episode',NULL,'192.168.1.2','DirectPlay','Emby Web','Firefox','','2026-11-26 00:59:09',1);
INSERT INTO "raw_emby_watch_events" VALUES('query','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','12','2025-10-05 02:30:00.5000000','60','0','Item 12','Episode',NULL,'192.168.1.2','DirectPlay','Emby Web','Firefox','','2026-11-26 00:59:09',1);
INSERT INTO "raw_emby_watch_events" VALUES('query','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','2025-09-03 20:00:00.0000000','1790','0','Item 2','Movie',NULL,'192.168.1.2','DirectPlay','Emby Web','Firefox','','2026-11-26 00:59:09',1);
INSERT INTO "raw_emby_watch_events" VALUES('query','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','2025-09-03 20:01:00.0000000','5','0','Item 2','Movie',NULL,'192.168.1.2','DirectPlay','Emby Web','Firefox','','2026-11-26 00:59:09',1);
INSERT INTO "raw_emby_watch_events" VALUES('query','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','2025-09-03 20:44:51.0000000','59','0','Item 2','Movie',NULL,'192.168.1.2','DirectPlay','Emby Web','Firefox','','2026-11-26 00:59:09',1);
INSERT INTO "raw_emby_watch_events" VALUES('query','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','77','2025-09-05 20:00:00.0000000','95','0','Coming soon','Trailer',NULL,'192.168.1.2','DirectPlay','Emby Web','Firefox','','2026-11-26 00:59:09',1);
INSERT INTO "raw_emby_watch_events" VALUES('query','cccccccccccccccccccccccccccccccc','9','2025-09-04 20:00:00.0000000','90','0','Item 9','Movie',NULL,'192.168.1.2','DirectPlay','Emby Web','Firefox','','2026-11-26 00:59:09',1);
CREATE TABLE raw_extract_runs (run_id text not null, step text not null, started_at text, finished_at text, status text, rows_read integer, rows_inserted integer, rows_updated integer, rows_removed integer, rows_rejected integer, request_count integer, error text, note text, server_utc_offset_seconds integer, primary key (run_id, step));
INSERT INTO "raw_extract_runs" VALUES('2026-11-26T00:59:09.421719+00:00','clock','2026-11-26 00:59:09','2026-11-26 00:59:09','ok',259,259,0,0,0,1,NULL,'the server''s clock is taken for Australia/Melbourne; it shows UTC+11:00',39600);
INSERT INTO "raw_extract_runs" VALUES('2026-11-26T00:59:09.421719+00:00','genres','2026-11-26 00:59:09','2026-11-26 00:59:09','ok',35,35,0,0,0,2,NULL,NULL,NULL);
INSERT INTO "raw_extract_runs" VALUES('2026-11-26T00:59:09.421719+00:00','users','2026-11-26 00:59:09','2026-11-26 00:59:09','ok',2,2,0,0,0,2,NULL,NULL,NULL);
INSERT INTO "raw_extract_runs" VALUES('2026-11-26T00:59:09.421719+00:00','items','2026-11-26 00:59:09','2026-11-26 00:59:09','ok',6,6,0,0,0,2,NULL,NULL,NULL);
INSERT INTO "raw_extract_runs" VALUES('2026-11-26T00:59:09.421719+00:00','events','2026-11-26 00:59:09','2026-11-26 00:59:09','ok',14,14,0,0,0,2,NULL,'by query',NULL);
CREATE TABLE raw_name_hashes (name text not null, hash_id integer not null, primary key (name));
INSERT INTO "raw_name_hashes" VALUES('animation',223511772);
INSERT INTO "raw_name_hashes" VALUES('comedy',198737381);
INSERT INTO "raw_name_hashes" VALUES('crime',1930158597);
INSERT INTO "raw_name_hashes" VALUES('drama',1213574068);
INSERT INTO "raw_name_hashes" VALUES('family',635838811);
INSERT INTO "raw_name_hashes" VALUES('noir',855774159);
INSERT INTO "raw_name_hashes" VALUES('thriller',823463546);
INSERT INTO "raw_name_hashes" VALUES('ångest',886917752);
CREATE TABLE raw_name_spellings (spelling text not null, name text not null, primary key (spelling));
INSERT INTO "raw_name_spellings" VALUES('Animation','animation');
INSERT INTO "raw_name_spellings" VALUES('Comedy','comedy');
INSERT INTO "raw_name_spellings" VALUES('Crime','crime');
INSERT INTO "raw_name_spellings" VALUES('Drama','drama');
INSERT INTO "raw_name_spellings" VALUES('Family','family');
INSERT INTO "raw_name_spellings" VALUES('Noir','noir');
INSERT INTO "raw_name_spellings" VALUES('Thriller','thriller');
INSERT INTO "raw_name_spellings" VALUES('crime','crime');
INSERT INTO "raw_name_spellings" VALUES('Ångest','ångest');
CREATE TABLE raw_server_clock (valid_from_local text not null, zone text not null, primary key (valid_from_local));
INSERT INTO "raw_server_clock" VALUES('0001-01-01 00:00:00','UTC-07:00');
INSERT INTO "raw_server_clock" VALUES('2025-08-15 11:10:00','Australia/Melbourne');
CREATE TABLE raw_timezone_offsets (zone text not null, utc_from text not null, utc_until text not null, local_from text not null, local_until text not null, utc_offset_seconds integer not null, is_report_zone integer not null, primary key (zone, utc_from));
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','0001-01-01 00:00:00','1971-10-30 16:00:00','0001-01-01 00:00:00','1971-10-31 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1971-10-30 16:00:00','1972-02-26 16:00:00','1971-10-31 03:00:00','1972-02-27 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1972-02-26 16:00:00','1972-10-28 16:00:00','1972-02-27 03:00:00','1972-10-29 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1972-10-28 16:00:00','1973-03-03 16:00:00','1972-10-29 03:00:00','1973-03-04 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1973-03-03 16:00:00','1973-10-27 16:00:00','1973-03-04 03:00:00','1973-10-28 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1973-10-27 16:00:00','1974-03-02 16:00:00','1973-10-28 03:00:00','1974-03-03 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1974-03-02 16:00:00','1974-10-26 16:00:00','1974-03-03 03:00:00','1974-10-27 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1974-10-26 16:00:00','1975-03-01 16:00:00','1974-10-27 03:00:00','1975-03-02 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1975-03-01 16:00:00','1975-10-25 16:00:00','1975-03-02 03:00:00','1975-10-26 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1975-10-25 16:00:00','1976-03-06 16:00:00','1975-10-26 03:00:00','1976-03-07 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1976-03-06 16:00:00','1976-10-30 16:00:00','1976-03-07 03:00:00','1976-10-31 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1976-10-30 16:00:00','1977-03-05 16:00:00','1976-10-31 03:00:00','1977-03-06 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1977-03-05 16:00:00','1977-10-29 16:00:00','1977-03-06 03:00:00','1977-10-30 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1977-10-29 16:00:00','1978-03-04 16:00:00','1977-10-30 03:00:00','1978-03-05 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1978-03-04 16:00:00','1978-10-28 16:00:00','1978-03-05 03:00:00','1978-10-29 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1978-10-28 16:00:00','1979-03-03 16:00:00','1978-10-29 03:00:00','1979-03-04 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1979-03-03 16:00:00','1979-10-27 16:00:00','1979-03-04 03:00:00','1979-10-28 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1979-10-27 16:00:00','1980-03-01 16:00:00','1979-10-28 03:00:00','1980-03-02 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1980-03-01 16:00:00','1980-10-25 16:00:00','1980-03-02 03:00:00','1980-10-26 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1980-10-25 16:00:00','1981-02-28 16:00:00','1980-10-26 03:00:00','1981-03-01 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1981-02-28 16:00:00','1981-10-24 16:00:00','1981-03-01 03:00:00','1981-10-25 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1981-10-24 16:00:00','1982-03-06 16:00:00','1981-10-25 03:00:00','1982-03-07 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1982-03-06 16:00:00','1982-10-30 16:00:00','1982-03-07 03:00:00','1982-10-31 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1982-10-30 16:00:00','1983-03-05 16:00:00','1982-10-31 03:00:00','1983-03-06 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1983-03-05 16:00:00','1983-10-29 16:00:00','1983-03-06 03:00:00','1983-10-30 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1983-10-29 16:00:00','1984-03-03 16:00:00','1983-10-30 03:00:00','1984-03-04 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1984-03-03 16:00:00','1984-10-27 16:00:00','1984-03-04 03:00:00','1984-10-28 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1984-10-27 16:00:00','1985-03-02 16:00:00','1984-10-28 03:00:00','1985-03-03 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1985-03-02 16:00:00','1985-10-26 16:00:00','1985-03-03 03:00:00','1985-10-27 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1985-10-26 16:00:00','1986-03-15 16:00:00','1985-10-27 03:00:00','1986-03-16 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1986-03-15 16:00:00','1986-10-18 16:00:00','1986-03-16 03:00:00','1986-10-19 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1986-10-18 16:00:00','1987-03-14 16:00:00','1986-10-19 03:00:00','1987-03-15 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1987-03-14 16:00:00','1987-10-17 16:00:00','1987-03-15 03:00:00','1987-10-18 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1987-10-17 16:00:00','1988-03-19 16:00:00','1987-10-18 03:00:00','1988-03-20 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1988-03-19 16:00:00','1988-10-29 16:00:00','1988-03-20 03:00:00','1988-10-30 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1988-10-29 16:00:00','1989-03-18 16:00:00','1988-10-30 03:00:00','1989-03-19 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1989-03-18 16:00:00','1989-10-28 16:00:00','1989-03-19 03:00:00','1989-10-29 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1989-10-28 16:00:00','1990-03-17 16:00:00','1989-10-29 03:00:00','1990-03-18 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1990-03-17 16:00:00','1990-10-27 16:00:00','1990-03-18 03:00:00','1990-10-28 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1990-10-27 16:00:00','1991-03-02 16:00:00','1990-10-28 03:00:00','1991-03-03 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1991-03-02 16:00:00','1991-10-26 16:00:00','1991-03-03 03:00:00','1991-10-27 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1991-10-26 16:00:00','1992-02-29 16:00:00','1991-10-27 03:00:00','1992-03-01 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1992-02-29 16:00:00','1992-10-24 16:00:00','1992-03-01 03:00:00','1992-10-25 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1992-10-24 16:00:00','1993-03-06 16:00:00','1992-10-25 03:00:00','1993-03-07 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1993-03-06 16:00:00','1993-10-30 16:00:00','1993-03-07 03:00:00','1993-10-31 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1993-10-30 16:00:00','1994-03-05 16:00:00','1993-10-31 03:00:00','1994-03-06 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1994-03-05 16:00:00','1994-10-29 16:00:00','1994-03-06 03:00:00','1994-10-30 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1994-10-29 16:00:00','1995-03-25 16:00:00','1994-10-30 03:00:00','1995-03-26 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1995-03-25 16:00:00','1995-10-28 16:00:00','1995-03-26 03:00:00','1995-10-29 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1995-10-28 16:00:00','1996-03-30 16:00:00','1995-10-29 03:00:00','1996-03-31 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1996-03-30 16:00:00','1996-10-26 16:00:00','1996-03-31 03:00:00','1996-10-27 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1996-10-26 16:00:00','1997-03-29 16:00:00','1996-10-27 03:00:00','1997-03-30 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1997-03-29 16:00:00','1997-10-25 16:00:00','1997-03-30 03:00:00','1997-10-26 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1997-10-25 16:00:00','1998-03-28 16:00:00','1997-10-26 03:00:00','1998-03-29 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1998-03-28 16:00:00','1998-10-24 16:00:00','1998-03-29 03:00:00','1998-10-25 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1998-10-24 16:00:00','1999-03-27 16:00:00','1998-10-25 03:00:00','1999-03-28 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1999-03-27 16:00:00','1999-10-30 16:00:00','1999-03-28 03:00:00','1999-10-31 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','1999-10-30 16:00:00','2000-03-25 16:00:00','1999-10-31 03:00:00','2000-03-26 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2000-03-25 16:00:00','2000-08-26 16:00:00','2000-03-26 03:00:00','2000-08-27 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2000-08-26 16:00:00','2001-03-24 16:00:00','2000-08-27 03:00:00','2001-03-25 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2001-03-24 16:00:00','2001-10-27 16:00:00','2001-03-25 03:00:00','2001-10-28 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2001-10-27 16:00:00','2002-03-30 16:00:00','2001-10-28 03:00:00','2002-03-31 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2002-03-30 16:00:00','2002-10-26 16:00:00','2002-03-31 03:00:00','2002-10-27 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2002-10-26 16:00:00','2003-03-29 16:00:00','2002-10-27 03:00:00','2003-03-30 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2003-03-29 16:00:00','2003-10-25 16:00:00','2003-03-30 03:00:00','2003-10-26 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2003-10-25 16:00:00','2004-03-27 16:00:00','2003-10-26 03:00:00','2004-03-28 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2004-03-27 16:00:00','2004-10-30 16:00:00','2004-03-28 03:00:00','2004-10-31 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2004-10-30 16:00:00','2005-03-26 16:00:00','2004-10-31 03:00:00','2005-03-27 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2005-03-26 16:00:00','2005-10-29 16:00:00','2005-03-27 03:00:00','2005-10-30 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2005-10-29 16:00:00','2006-04-01 16:00:00','2005-10-30 03:00:00','2006-04-02 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2006-04-01 16:00:00','2006-10-28 16:00:00','2006-04-02 03:00:00','2006-10-29 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2006-10-28 16:00:00','2007-03-24 16:00:00','2006-10-29 03:00:00','2007-03-25 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2007-03-24 16:00:00','2007-10-27 16:00:00','2007-03-25 03:00:00','2007-10-28 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2007-10-27 16:00:00','2008-04-05 16:00:00','2007-10-28 03:00:00','2008-04-06 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2008-04-05 16:00:00','2008-10-04 16:00:00','2008-04-06 03:00:00','2008-10-05 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2008-10-04 16:00:00','2009-04-04 16:00:00','2008-10-05 03:00:00','2009-04-05 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2009-04-04 16:00:00','2009-10-03 16:00:00','2009-04-05 03:00:00','2009-10-04 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2009-10-03 16:00:00','2010-04-03 16:00:00','2009-10-04 03:00:00','2010-04-04 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2010-04-03 16:00:00','2010-10-02 16:00:00','2010-04-04 03:00:00','2010-10-03 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2010-10-02 16:00:00','2011-04-02 16:00:00','2010-10-03 03:00:00','2011-04-03 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2011-04-02 16:00:00','2011-10-01 16:00:00','2011-04-03 03:00:00','2011-10-02 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2011-10-01 16:00:00','2012-03-31 16:00:00','2011-10-02 03:00:00','2012-04-01 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2012-03-31 16:00:00','2012-10-06 16:00:00','2012-04-01 03:00:00','2012-10-07 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2012-10-06 16:00:00','2013-04-06 16:00:00','2012-10-07 03:00:00','2013-04-07 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2013-04-06 16:00:00','2013-10-05 16:00:00','2013-04-07 03:00:00','2013-10-06 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2013-10-05 16:00:00','2014-04-05 16:00:00','2013-10-06 03:00:00','2014-04-06 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2014-04-05 16:00:00','2014-10-04 16:00:00','2014-04-06 03:00:00','2014-10-05 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2014-10-04 16:00:00','2015-04-04 16:00:00','2014-10-05 03:00:00','2015-04-05 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2015-04-04 16:00:00','2015-10-03 16:00:00','2015-04-05 03:00:00','2015-10-04 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2015-10-03 16:00:00','2016-04-02 16:00:00','2015-10-04 03:00:00','2016-04-03 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2016-04-02 16:00:00','2016-10-01 16:00:00','2016-04-03 03:00:00','2016-10-02 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2016-10-01 16:00:00','2017-04-01 16:00:00','2016-10-02 03:00:00','2017-04-02 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2017-04-01 16:00:00','2017-09-30 16:00:00','2017-04-02 03:00:00','2017-10-01 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2017-09-30 16:00:00','2018-03-31 16:00:00','2017-10-01 03:00:00','2018-04-01 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2018-03-31 16:00:00','2018-10-06 16:00:00','2018-04-01 03:00:00','2018-10-07 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2018-10-06 16:00:00','2019-04-06 16:00:00','2018-10-07 03:00:00','2019-04-07 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2019-04-06 16:00:00','2019-10-05 16:00:00','2019-04-07 03:00:00','2019-10-06 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2019-10-05 16:00:00','2020-04-04 16:00:00','2019-10-06 03:00:00','2020-04-05 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2020-04-04 16:00:00','2020-10-03 16:00:00','2020-04-05 03:00:00','2020-10-04 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2020-10-03 16:00:00','2021-04-03 16:00:00','2020-10-04 03:00:00','2021-04-04 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2021-04-03 16:00:00','2021-10-02 16:00:00','2021-04-04 03:00:00','2021-10-03 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2021-10-02 16:00:00','2022-04-02 16:00:00','2021-10-03 03:00:00','2022-04-03 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2022-04-02 16:00:00','2022-10-01 16:00:00','2022-04-03 03:00:00','2022-10-02 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2022-10-01 16:00:00','2023-04-01 16:00:00','2022-10-02 03:00:00','2023-04-02 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2023-04-01 16:00:00','2023-09-30 16:00:00','2023-04-02 03:00:00','2023-10-01 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2023-09-30 16:00:00','2024-04-06 16:00:00','2023-10-01 03:00:00','2024-04-07 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2024-04-06 16:00:00','2024-10-05 16:00:00','2024-04-07 03:00:00','2024-10-06 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2024-10-05 16:00:00','2025-04-05 16:00:00','2024-10-06 03:00:00','2025-04-06 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2025-04-05 16:00:00','2025-10-04 16:00:00','2025-04-06 03:00:00','2025-10-05 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2025-10-04 16:00:00','2026-04-04 16:00:00','2025-10-05 03:00:00','2026-04-05 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2026-04-04 16:00:00','2026-10-03 16:00:00','2026-04-05 03:00:00','2026-10-04 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2026-10-03 16:00:00','2027-04-03 16:00:00','2026-10-04 03:00:00','2027-04-04 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2027-04-03 16:00:00','2027-10-02 16:00:00','2027-04-04 03:00:00','2027-10-03 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2027-10-02 16:00:00','2028-04-01 16:00:00','2027-10-03 03:00:00','2028-04-02 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2028-04-01 16:00:00','2028-09-30 16:00:00','2028-04-02 03:00:00','2028-10-01 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2028-09-30 16:00:00','2029-03-31 16:00:00','2028-10-01 03:00:00','2029-04-01 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2029-03-31 16:00:00','2029-10-06 16:00:00','2029-04-01 03:00:00','2029-10-07 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2029-10-06 16:00:00','2030-04-06 16:00:00','2029-10-07 03:00:00','2030-04-07 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2030-04-06 16:00:00','2030-10-05 16:00:00','2030-04-07 03:00:00','2030-10-06 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2030-10-05 16:00:00','2031-04-05 16:00:00','2030-10-06 03:00:00','2031-04-06 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2031-04-05 16:00:00','2031-10-04 16:00:00','2031-04-06 03:00:00','2031-10-05 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2031-10-04 16:00:00','2032-04-03 16:00:00','2031-10-05 03:00:00','2032-04-04 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2032-04-03 16:00:00','2032-10-02 16:00:00','2032-04-04 03:00:00','2032-10-03 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2032-10-02 16:00:00','2033-04-02 16:00:00','2032-10-03 03:00:00','2033-04-03 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2033-04-02 16:00:00','2033-10-01 16:00:00','2033-04-03 03:00:00','2033-10-02 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2033-10-01 16:00:00','2034-04-01 16:00:00','2033-10-02 03:00:00','2034-04-02 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2034-04-01 16:00:00','2034-09-30 16:00:00','2034-04-02 03:00:00','2034-10-01 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2034-09-30 16:00:00','2035-03-31 16:00:00','2034-10-01 03:00:00','2035-04-01 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2035-03-31 16:00:00','2035-10-06 16:00:00','2035-04-01 03:00:00','2035-10-07 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2035-10-06 16:00:00','2036-04-05 16:00:00','2035-10-07 03:00:00','2036-04-06 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2036-04-05 16:00:00','2036-10-04 16:00:00','2036-04-06 03:00:00','2036-10-05 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2036-10-04 16:00:00','2037-04-04 16:00:00','2036-10-05 03:00:00','2037-04-05 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2037-04-04 16:00:00','2037-10-03 16:00:00','2037-04-05 03:00:00','2037-10-04 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2037-10-03 16:00:00','2038-04-03 16:00:00','2037-10-04 03:00:00','2038-04-04 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2038-04-03 16:00:00','2038-10-02 16:00:00','2038-04-04 03:00:00','2038-10-03 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2038-10-02 16:00:00','2039-04-02 16:00:00','2038-10-03 03:00:00','2039-04-03 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2039-04-02 16:00:00','2039-10-01 16:00:00','2039-04-03 03:00:00','2039-10-02 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2039-10-01 16:00:00','2040-03-31 16:00:00','2039-10-02 03:00:00','2040-04-01 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2040-03-31 16:00:00','2040-10-06 16:00:00','2040-04-01 03:00:00','2040-10-07 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2040-10-06 16:00:00','2041-04-06 16:00:00','2040-10-07 03:00:00','2041-04-07 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2041-04-06 16:00:00','2041-10-05 16:00:00','2041-04-07 03:00:00','2041-10-06 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2041-10-05 16:00:00','2042-04-05 16:00:00','2041-10-06 03:00:00','2042-04-06 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2042-04-05 16:00:00','2042-10-04 16:00:00','2042-04-06 03:00:00','2042-10-05 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2042-10-04 16:00:00','2043-04-04 16:00:00','2042-10-05 03:00:00','2043-04-05 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2043-04-04 16:00:00','2043-10-03 16:00:00','2043-04-05 03:00:00','2043-10-04 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2043-10-03 16:00:00','2044-04-02 16:00:00','2043-10-04 03:00:00','2044-04-03 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2044-04-02 16:00:00','2044-10-01 16:00:00','2044-04-03 03:00:00','2044-10-02 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2044-10-01 16:00:00','2045-04-01 16:00:00','2044-10-02 03:00:00','2045-04-02 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2045-04-01 16:00:00','2045-09-30 16:00:00','2045-04-02 03:00:00','2045-10-01 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2045-09-30 16:00:00','2046-03-31 16:00:00','2045-10-01 03:00:00','2046-04-01 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2046-03-31 16:00:00','2046-10-06 16:00:00','2046-04-01 03:00:00','2046-10-07 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2046-10-06 16:00:00','2047-04-06 16:00:00','2046-10-07 03:00:00','2047-04-07 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2047-04-06 16:00:00','2047-10-05 16:00:00','2047-04-07 03:00:00','2047-10-06 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2047-10-05 16:00:00','2048-04-04 16:00:00','2047-10-06 03:00:00','2048-04-05 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2048-04-04 16:00:00','2048-10-03 16:00:00','2048-04-05 03:00:00','2048-10-04 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2048-10-03 16:00:00','2049-04-03 16:00:00','2048-10-04 03:00:00','2049-04-04 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2049-04-03 16:00:00','2049-10-02 16:00:00','2049-04-04 03:00:00','2049-10-03 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2049-10-02 16:00:00','2050-04-02 16:00:00','2049-10-03 03:00:00','2050-04-03 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2050-04-02 16:00:00','2050-10-01 16:00:00','2050-04-03 03:00:00','2050-10-02 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2050-10-01 16:00:00','2051-04-01 16:00:00','2050-10-02 03:00:00','2051-04-02 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2051-04-01 16:00:00','2051-09-30 16:00:00','2051-04-02 03:00:00','2051-10-01 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2051-09-30 16:00:00','2052-04-06 16:00:00','2051-10-01 03:00:00','2052-04-07 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2052-04-06 16:00:00','2052-10-05 16:00:00','2052-04-07 03:00:00','2052-10-06 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2052-10-05 16:00:00','2053-04-05 16:00:00','2052-10-06 03:00:00','2053-04-06 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2053-04-05 16:00:00','2053-10-04 16:00:00','2053-04-06 03:00:00','2053-10-05 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2053-10-04 16:00:00','2054-04-04 16:00:00','2053-10-05 03:00:00','2054-04-05 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2054-04-04 16:00:00','2054-10-03 16:00:00','2054-04-05 03:00:00','2054-10-04 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2054-10-03 16:00:00','2055-04-03 16:00:00','2054-10-04 03:00:00','2055-04-04 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2055-04-03 16:00:00','2055-10-02 16:00:00','2055-04-04 03:00:00','2055-10-03 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2055-10-02 16:00:00','2056-04-01 16:00:00','2055-10-03 03:00:00','2056-04-02 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2056-04-01 16:00:00','2056-09-30 16:00:00','2056-04-02 03:00:00','2056-10-01 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2056-09-30 16:00:00','2057-03-31 16:00:00','2056-10-01 03:00:00','2057-04-01 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2057-03-31 16:00:00','2057-10-06 16:00:00','2057-04-01 03:00:00','2057-10-07 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2057-10-06 16:00:00','2058-04-06 16:00:00','2057-10-07 03:00:00','2058-04-07 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2058-04-06 16:00:00','2058-10-05 16:00:00','2058-04-07 03:00:00','2058-10-06 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2058-10-05 16:00:00','2059-04-05 16:00:00','2058-10-06 03:00:00','2059-04-06 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2059-04-05 16:00:00','2059-10-04 16:00:00','2059-04-06 03:00:00','2059-10-05 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2059-10-04 16:00:00','2060-04-03 16:00:00','2059-10-05 03:00:00','2060-04-04 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2060-04-03 16:00:00','2060-10-02 16:00:00','2060-04-04 03:00:00','2060-10-03 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2060-10-02 16:00:00','2061-04-02 16:00:00','2060-10-03 03:00:00','2061-04-03 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2061-04-02 16:00:00','2061-10-01 16:00:00','2061-04-03 03:00:00','2061-10-02 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2061-10-01 16:00:00','2062-04-01 16:00:00','2061-10-02 03:00:00','2062-04-02 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2062-04-01 16:00:00','2062-09-30 16:00:00','2062-04-02 03:00:00','2062-10-01 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2062-09-30 16:00:00','2063-03-31 16:00:00','2062-10-01 03:00:00','2063-04-01 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2063-03-31 16:00:00','2063-10-06 16:00:00','2063-04-01 03:00:00','2063-10-07 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2063-10-06 16:00:00','2064-04-05 16:00:00','2063-10-07 03:00:00','2064-04-06 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2064-04-05 16:00:00','2064-10-04 16:00:00','2064-04-06 03:00:00','2064-10-05 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2064-10-04 16:00:00','2065-04-04 16:00:00','2064-10-05 03:00:00','2065-04-05 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2065-04-04 16:00:00','2065-10-03 16:00:00','2065-04-05 03:00:00','2065-10-04 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2065-10-03 16:00:00','2066-04-03 16:00:00','2065-10-04 03:00:00','2066-04-04 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2066-04-03 16:00:00','2066-10-02 16:00:00','2066-04-04 03:00:00','2066-10-03 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2066-10-02 16:00:00','2067-04-02 16:00:00','2066-10-03 03:00:00','2067-04-03 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2067-04-02 16:00:00','2067-10-01 16:00:00','2067-04-03 03:00:00','2067-10-02 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2067-10-01 16:00:00','2068-03-31 16:00:00','2067-10-02 03:00:00','2068-04-01 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2068-03-31 16:00:00','2068-10-06 16:00:00','2068-04-01 03:00:00','2068-10-07 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2068-10-06 16:00:00','2069-04-06 16:00:00','2068-10-07 03:00:00','2069-04-07 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2069-04-06 16:00:00','2069-10-05 16:00:00','2069-04-07 03:00:00','2069-10-06 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2069-10-05 16:00:00','2070-04-05 16:00:00','2069-10-06 03:00:00','2070-04-06 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2070-04-05 16:00:00','2070-10-04 16:00:00','2070-04-06 03:00:00','2070-10-05 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2070-10-04 16:00:00','2071-04-04 16:00:00','2070-10-05 03:00:00','2071-04-05 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2071-04-04 16:00:00','2071-10-03 16:00:00','2071-04-05 03:00:00','2071-10-04 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2071-10-03 16:00:00','2072-04-02 16:00:00','2071-10-04 03:00:00','2072-04-03 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2072-04-02 16:00:00','2072-10-01 16:00:00','2072-04-03 03:00:00','2072-10-02 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2072-10-01 16:00:00','2073-04-01 16:00:00','2072-10-02 03:00:00','2073-04-02 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2073-04-01 16:00:00','2073-09-30 16:00:00','2073-04-02 03:00:00','2073-10-01 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2073-09-30 16:00:00','2074-03-31 16:00:00','2073-10-01 03:00:00','2074-04-01 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2074-03-31 16:00:00','2074-10-06 16:00:00','2074-04-01 03:00:00','2074-10-07 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2074-10-06 16:00:00','2075-04-06 16:00:00','2074-10-07 03:00:00','2075-04-07 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2075-04-06 16:00:00','2075-10-05 16:00:00','2075-04-07 03:00:00','2075-10-06 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2075-10-05 16:00:00','2076-04-04 16:00:00','2075-10-06 03:00:00','2076-04-05 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2076-04-04 16:00:00','2076-10-03 16:00:00','2076-04-05 03:00:00','2076-10-04 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2076-10-03 16:00:00','2077-04-03 16:00:00','2076-10-04 03:00:00','2077-04-04 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2077-04-03 16:00:00','2077-10-02 16:00:00','2077-04-04 03:00:00','2077-10-03 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2077-10-02 16:00:00','2078-04-02 16:00:00','2077-10-03 03:00:00','2078-04-03 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2078-04-02 16:00:00','2078-10-01 16:00:00','2078-04-03 03:00:00','2078-10-02 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2078-10-01 16:00:00','2079-04-01 16:00:00','2078-10-02 03:00:00','2079-04-02 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2079-04-01 16:00:00','2079-09-30 16:00:00','2079-04-02 03:00:00','2079-10-01 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2079-09-30 16:00:00','2080-04-06 16:00:00','2079-10-01 03:00:00','2080-04-07 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2080-04-06 16:00:00','2080-10-05 16:00:00','2080-04-07 03:00:00','2080-10-06 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2080-10-05 16:00:00','2081-04-05 16:00:00','2080-10-06 03:00:00','2081-04-06 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2081-04-05 16:00:00','2081-10-04 16:00:00','2081-04-06 03:00:00','2081-10-05 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2081-10-04 16:00:00','2082-04-04 16:00:00','2081-10-05 03:00:00','2082-04-05 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2082-04-04 16:00:00','2082-10-03 16:00:00','2082-04-05 03:00:00','2082-10-04 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2082-10-03 16:00:00','2083-04-03 16:00:00','2082-10-04 03:00:00','2083-04-04 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2083-04-03 16:00:00','2083-10-02 16:00:00','2083-04-04 03:00:00','2083-10-03 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2083-10-02 16:00:00','2084-04-01 16:00:00','2083-10-03 03:00:00','2084-04-02 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2084-04-01 16:00:00','2084-09-30 16:00:00','2084-04-02 03:00:00','2084-10-01 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2084-09-30 16:00:00','2085-03-31 16:00:00','2084-10-01 03:00:00','2085-04-01 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2085-03-31 16:00:00','2085-10-06 16:00:00','2085-04-01 03:00:00','2085-10-07 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2085-10-06 16:00:00','2086-04-06 16:00:00','2085-10-07 03:00:00','2086-04-07 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2086-04-06 16:00:00','2086-10-05 16:00:00','2086-04-07 03:00:00','2086-10-06 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2086-10-05 16:00:00','2087-04-05 16:00:00','2086-10-06 03:00:00','2087-04-06 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2087-04-05 16:00:00','2087-10-04 16:00:00','2087-04-06 03:00:00','2087-10-05 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2087-10-04 16:00:00','2088-04-03 16:00:00','2087-10-05 03:00:00','2088-04-04 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2088-04-03 16:00:00','2088-10-02 16:00:00','2088-04-04 03:00:00','2088-10-03 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2088-10-02 16:00:00','2089-04-02 16:00:00','2088-10-03 03:00:00','2089-04-03 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2089-04-02 16:00:00','2089-10-01 16:00:00','2089-04-03 03:00:00','2089-10-02 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2089-10-01 16:00:00','2090-04-01 16:00:00','2089-10-02 03:00:00','2090-04-02 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2090-04-01 16:00:00','2090-09-30 16:00:00','2090-04-02 03:00:00','2090-10-01 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2090-09-30 16:00:00','2091-03-31 16:00:00','2090-10-01 03:00:00','2091-04-01 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2091-03-31 16:00:00','2091-10-06 16:00:00','2091-04-01 03:00:00','2091-10-07 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2091-10-06 16:00:00','2092-04-05 16:00:00','2091-10-07 03:00:00','2092-04-06 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2092-04-05 16:00:00','2092-10-04 16:00:00','2092-04-06 03:00:00','2092-10-05 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2092-10-04 16:00:00','2093-04-04 16:00:00','2092-10-05 03:00:00','2093-04-05 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2093-04-04 16:00:00','2093-10-03 16:00:00','2093-04-05 03:00:00','2093-10-04 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2093-10-03 16:00:00','2094-04-03 16:00:00','2093-10-04 03:00:00','2094-04-04 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2094-04-03 16:00:00','2094-10-02 16:00:00','2094-04-04 03:00:00','2094-10-03 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2094-10-02 16:00:00','2095-04-02 16:00:00','2094-10-03 03:00:00','2095-04-03 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2095-04-02 16:00:00','2095-10-01 16:00:00','2095-04-03 03:00:00','2095-10-02 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2095-10-01 16:00:00','2096-03-31 16:00:00','2095-10-02 03:00:00','2096-04-01 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2096-03-31 16:00:00','2096-10-06 16:00:00','2096-04-01 03:00:00','2096-10-07 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2096-10-06 16:00:00','2097-04-06 16:00:00','2096-10-07 03:00:00','2097-04-07 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2097-04-06 16:00:00','2097-10-05 16:00:00','2097-04-07 03:00:00','2097-10-06 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2097-10-05 16:00:00','2098-04-05 16:00:00','2097-10-06 03:00:00','2098-04-06 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2098-04-05 16:00:00','2098-10-04 16:00:00','2098-04-06 03:00:00','2098-10-05 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2098-10-04 16:00:00','2099-04-04 16:00:00','2098-10-05 03:00:00','2099-04-05 03:00:00',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2099-04-04 16:00:00','2099-10-03 16:00:00','2099-04-05 03:00:00','2099-10-04 03:00:00',36000,1);
INSERT INTO "raw_timezone_offsets" VALUES('Australia/Melbourne','2099-10-03 16:00:00','9999-12-31 23:59:59','2099-10-04 03:00:00','9999-12-31 23:59:59',39600,1);
INSERT INTO "raw_timezone_offsets" VALUES('UTC-07:00','0001-01-01 00:00:00','9999-12-31 23:59:59','0001-01-01 00:00:00','9999-12-31 23:59:59',-25200,0);
CREATE TABLE raw_tmdb_genres (media_type text not null, genre_id integer not null, genre_name text not null, loaded_at text, primary key (media_type, genre_id));
INSERT INTO "raw_tmdb_genres" VALUES('movie',12,'Adventure','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',14,'Fantasy','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',16,'Animation','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',18,'Drama','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',27,'Horror','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',28,'Action','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',35,'Comedy','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',36,'History','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',37,'Western','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',53,'Thriller','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',80,'Crime','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',99,'Documentary','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',878,'Science Fiction','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',9648,'Mystery','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',10402,'Music','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',10749,'Romance','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',10751,'Family','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',10752,'War','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('movie',10770,'TV Movie','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('tv',16,'Animation','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('tv',18,'Drama','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('tv',35,'Comedy','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('tv',37,'Western','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('tv',80,'Crime','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('tv',99,'Documentary','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('tv',9648,'Mystery','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10751,'Family','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10759,'Action & Adventure','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10762,'Kids','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10763,'News','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10764,'Reality','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10765,'Sci-Fi & Fantasy','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10766,'Soap','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10767,'Talk','2026-11-26 00:59:09');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10768,'War & Politics','2026-11-26 00:59:09');
CREATE TABLE "rejected_watch_events" (
                user_id text not null,
                item_id text not null,
                observation_id text not null,
                event_id text not null,
                source text not null,
                user_name text,
                item_name text,
                item_type text,
                remote_address text,
                playback_method text,
                client_name text,
                device_name text,
                transcode_reasons text,
                play_duration_seconds text,
                pause_duration_seconds text,
                reason text not null,
                load_id integer,
                played_at_local text not null,
                first_loaded_at text, primary key (user_id, item_id, observation_id)
            ) strict, without rowid;
CREATE TABLE stg_emby__items(
  item_id TEXT,
  series_id,
  item_type TEXT,
  item_name,
  series_name,
  official_rating,
  overview,
  file_path,
  container,
  season_number,
  episode_number,
  last_episode_number,
  runtime_seconds,
  production_year,
  community_rating,
  image_width,
  image_height,
  premiere_date,
  added_at,
  removed_at TEXT
);
CREATE TABLE "tmdb_genres" (
                tmdb_genre_id text not null,
                media_type text not null,
                genre_id integer not null,
                genre_name text not null
            ) strict;
CREATE TABLE "user_item_stats" (
                user_id text not null,
                item_id text not null,
                user_item_id text not null,
                user_name text not null,
                item_name text,
                item_type text,
                session_count integer not null,
                total_seconds_watched integer not null,
                total_minutes_watched real not null,
                best_completion_ratio real,
                average_completion_ratio real,
                viewing_count integer not null,
                rewatch_count integer not null,
                days_between_first_and_last integer not null,
                adherence_score real,
                completed_session_count integer not null,
                partial_session_count integer not null,
                sampled_session_count integer not null,
                abandoned_session_count integer not null,
                is_in_library integer not null,
                first_watched_at text not null,
                last_watched_at text not null, primary key (user_id, item_id)
            ) strict, without rowid;
INSERT INTO "user_item_stats" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1','ann','Item 1','Movie',3,6840,114.0,1.0,6.33333333333333303727e-01,2,1,9,1.0,1,2,0,0,1,'2025-09-01 10:00:00','2025-09-10 11:15:00');
INSERT INTO "user_item_stats" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','11','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|11','ann','Item 11','Episode',1,450,7.5,0.9,0.9,1,0,0,0.73,1,0,0,0,1,'2025-08-10 10:00:00','2025-08-10 10:07:30');
INSERT INTO "user_item_stats" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','1','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|1','bob','Item 1','Movie',1,100,1.66666666666666674068e+00,2.77777777777777762358e-02,2.77777777777777762358e-02,0,0,0,0.119444444444,0,0,1,0,1,'2025-09-06 10:00:00','2025-09-06 10:01:40');
INSERT INTO "user_item_stats" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','12','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|12','bob','Item 12','Episode',1,60,1.0,0.04,0.04,0,0,0,0.128,0,0,1,0,1,'2025-10-04 16:30:00','2025-10-04 16:31:00');
INSERT INTO "user_item_stats" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2','bob','Item 2','Movie',2,1854,30.9,2.49305555555555558022e-01,0.12875,0,0,0,0.375333333333,0,0,1,1,1,'2025-09-03 10:00:00','2025-09-03 10:45:50');
INSERT INTO "user_item_stats" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','77','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|77','bob','Coming soon','Trailer',1,95,1.58333333333333325931e+00,NULL,NULL,0,0,0,NULL,0,0,0,0,0,'2025-09-05 10:00:00','2025-09-05 10:01:35');
INSERT INTO "user_item_stats" VALUES('cccccccccccccccccccccccccccccccc','9','cccccccccccccccccccccccccccccccc|9','unknown','Item 9','Movie',1,90,1.5,0.9,0.9,1,0,0,0.73,1,0,0,0,1,'2025-09-04 10:00:00','2025-09-04 10:01:30');
CREATE TABLE "users" (
                user_id text not null,
                user_name text not null,
                is_hidden integer not null,
                is_removed integer not null
            ) strict;
INSERT INTO "users" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','ann',0,0);
INSERT INTO "users" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','bob',1,0);
INSERT INTO "users" VALUES('cccccccccccccccccccccccccccccccc','unknown',0,1);
CREATE TABLE "watch_events" (
                user_id text not null,
                item_id text not null,
                event_id text not null,
                session_id text not null,
                user_name text not null,
                item_name text,
                item_type text,
                remote_address text,
                playback_method text,
                client_name text,
                device_name text,
                transcode_reasons text,
                watched_seconds integer not null,
                paused_seconds integer,
                position_in_session integer not null,
                idle_seconds_before integer,
                started_at text not null,
                started_local text not null,
                ended_at text not null,
                ended_local text not null, primary key (user_id, item_id, event_id)
            ) strict, without rowid;
INSERT INTO "watch_events" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-01 20:00:00','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-01 10:00:00','ann','Item 1','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',NULL,2000,0,1,NULL,'2025-09-01 10:00:00','2025-09-01 20:00:00','2025-09-01 10:33:20','2025-09-01 20:33:20');
INSERT INTO "watch_events" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-02 20:00:00','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-02 10:00:00','ann','Item 1','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',NULL,1240,300,1,NULL,'2025-09-02 10:00:00','2025-09-02 20:00:00','2025-09-02 10:25:40','2025-09-02 20:25:40');
INSERT INTO "watch_events" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-10 20:00:00','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-10 10:00:00','ann','Item 1','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',NULL,1800,0,1,NULL,'2025-09-10 10:00:00','2025-09-10 20:00:00','2025-09-10 10:30:00','2025-09-10 20:30:00');
INSERT INTO "watch_events" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-10 20:45:00','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-10 10:00:00','ann','Item 1','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',NULL,1800,0,2,900,'2025-09-10 10:45:00','2025-09-10 20:45:00','2025-09-10 11:15:00','2025-09-10 21:15:00');
INSERT INTO "watch_events" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','11','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|11|2025-08-10 03:00:00','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|11|2025-08-10 10:00:00','ann','Item 11','Episode','192.168.1.2','DirectPlay','Emby Web','Firefox',NULL,450,0,1,NULL,'2025-08-10 10:00:00','2025-08-10 20:00:00','2025-08-10 10:07:30','2025-08-10 20:07:30');
INSERT INTO "watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','1','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|1|2025-09-06 20:00:00','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|1|2025-09-06 10:00:00','bob','Item 1','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',NULL,100,NULL,1,NULL,'2025-09-06 10:00:00','2025-09-06 20:00:00','2025-09-06 10:01:40','2025-09-06 20:01:40');
INSERT INTO "watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','12','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|12|2025-10-05 02:30:00','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|12|2025-10-04 16:30:00','bob','Item 12','Episode','192.168.1.2','DirectPlay','Emby Web','Firefox',NULL,60,0,1,NULL,'2025-10-04 16:30:00','2025-10-05 03:30:00','2025-10-04 16:31:00','2025-10-05 03:31:00');
INSERT INTO "watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2|2025-09-03 20:00:00','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2|2025-09-03 10:00:00','bob','Item 2','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',NULL,1790,0,1,NULL,'2025-09-03 10:00:00','2025-09-03 20:00:00','2025-09-03 10:29:50','2025-09-03 20:29:50');
INSERT INTO "watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2|2025-09-03 20:01:00','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2|2025-09-03 10:00:00','bob','Item 2','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',NULL,5,0,2,-1730,'2025-09-03 10:01:00','2025-09-03 20:01:00','2025-09-03 10:01:05','2025-09-03 20:01:05');
INSERT INTO "watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2|2025-09-03 20:44:51','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2|2025-09-03 10:44:51','bob','Item 2','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',NULL,59,0,1,NULL,'2025-09-03 10:44:51','2025-09-03 20:44:51','2025-09-03 10:45:50','2025-09-03 20:45:50');
INSERT INTO "watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','77','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|77|2025-09-05 20:00:00','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|77|2025-09-05 10:00:00','bob','Coming soon','Trailer','192.168.1.2','DirectPlay','Emby Web','Firefox',NULL,95,0,1,NULL,'2025-09-05 10:00:00','2025-09-05 20:00:00','2025-09-05 10:01:35','2025-09-05 20:01:35');
INSERT INTO "watch_events" VALUES('cccccccccccccccccccccccccccccccc','9','cccccccccccccccccccccccccccccccc|9|2025-09-04 20:00:00','cccccccccccccccccccccccccccccccc|9|2025-09-04 10:00:00','unknown','Item 9','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',NULL,90,0,1,NULL,'2025-09-04 10:00:00','2025-09-04 20:00:00','2025-09-04 10:01:30','2025-09-04 20:01:30');
CREATE TABLE "watch_sessions" (
                user_id text not null,
                item_id text not null,
                session_id text not null,
                user_name text not null,
                item_name text,
                item_type text,
                runtime_basis text,
                outcome text not null,
                event_count integer not null,
                total_seconds_watched integer not null,
                paused_seconds integer,
                span_minutes real not null,
                runtime_seconds integer,
                completion_ratio real,
                viewing_number integer not null,
                changed_in_build integer not null,
                completes_viewing integer not null,
                evening_on text not null,
                started_at text not null,
                started_local text not null,
                ended_at text not null,
                ended_local text not null, primary key (user_id, item_id, session_id)
            ) strict, without rowid;
INSERT INTO "watch_sessions" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-01 10:00:00','ann','Item 1','Movie','actual','partial',1,2000,0,3.33333333333333357026e+01,3600,5.55555555555555580227e-01,1,1,0,'2025-09-01','2025-09-01 10:00:00','2025-09-01 20:00:00','2025-09-01 10:33:20','2025-09-01 20:33:20');
INSERT INTO "watch_sessions" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-02 10:00:00','ann','Item 1','Movie','actual','partial',1,1240,300,2.566666666666666785e+01,3600,3.44444444444444441977e-01,1,1,1,'2025-09-02','2025-09-02 10:00:00','2025-09-02 20:00:00','2025-09-02 10:25:40','2025-09-02 20:25:40');
INSERT INTO "watch_sessions" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-10 10:00:00','ann','Item 1','Movie','actual','completed',2,3600,0,75.0,3600,1.0,2,1,1,'2025-09-10','2025-09-10 10:00:00','2025-09-10 20:00:00','2025-09-10 11:15:00','2025-09-10 21:15:00');
INSERT INTO "watch_sessions" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','11','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|11|2025-08-10 10:00:00','ann','Item 11','Episode','actual','completed',1,450,0,7.5,500,0.9,1,1,1,'2025-08-10','2025-08-10 10:00:00','2025-08-10 20:00:00','2025-08-10 10:07:30','2025-08-10 20:07:30');
INSERT INTO "watch_sessions" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','1','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|1|2025-09-06 10:00:00','bob','Item 1','Movie','actual','sampled',1,100,NULL,1.66666666666666674068e+00,3600,2.77777777777777762358e-02,1,1,0,'2025-09-06','2025-09-06 10:00:00','2025-09-06 20:00:00','2025-09-06 10:01:40','2025-09-06 20:01:40');
INSERT INTO "watch_sessions" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','12','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|12|2025-10-04 16:30:00','bob','Item 12','Episode','fallback','sampled',1,60,0,1.0,1500,0.04,1,1,0,'2025-10-04','2025-10-04 16:30:00','2025-10-05 03:30:00','2025-10-04 16:31:00','2025-10-05 03:31:00');
INSERT INTO "watch_sessions" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2|2025-09-03 10:00:00','bob','Item 2','Movie','fallback','sampled',2,1795,0,2.9833333333333332149e+01,7200,2.49305555555555558022e-01,1,1,0,'2025-09-03','2025-09-03 10:00:00','2025-09-03 20:00:00','2025-09-03 10:29:50','2025-09-03 20:29:50');
INSERT INTO "watch_sessions" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2|2025-09-03 10:44:51','bob','Item 2','Movie','fallback','abandoned',1,59,0,9.83333333333333281522e-01,7200,8.19444444444444516917e-03,1,1,0,'2025-09-03','2025-09-03 10:44:51','2025-09-03 20:44:51','2025-09-03 10:45:50','2025-09-03 20:45:50');
INSERT INTO "watch_sessions" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','77','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|77|2025-09-05 10:00:00','bob','Coming soon','Trailer',NULL,'unknown',1,95,0,1.58333333333333325931e+00,NULL,NULL,1,1,0,'2025-09-05','2025-09-05 10:00:00','2025-09-05 20:00:00','2025-09-05 10:01:35','2025-09-05 20:01:35');
INSERT INTO "watch_sessions" VALUES('cccccccccccccccccccccccccccccccc','9','cccccccccccccccccccccccccccccccc|9|2025-09-04 10:00:00','unknown','Item 9','Movie','actual','completed',1,90,0,1.5,100,0.9,1,1,1,'2025-09-04','2025-09-04 10:00:00','2025-09-04 20:00:00','2025-09-04 10:01:30','2025-09-04 20:01:30');
CREATE TRIGGER raw_emby_items_changed after update of item_id, item_type, payload, removed_at on raw_emby_items when new.change_number is old.change_number begin update raw_emby_items set change_number = -abs(change_number) where item_id = new.item_id; end;
CREATE INDEX raw_emby_items_by_change on raw_emby_items (change_number);
CREATE VIEW "stg_emby__item_genres" as
    with

items as (

    select * from main."raw_emby_items"

),

genre_items as (

    select
        items.item_id,
        case
        when typeof(genre.key) = 'integer' and genre.type = 'object'
            then case
                when
                    json_type(genre.value, '$.Name')
                    in ('text')
                    then cast(json_extract(genre.value, '$.Name') as text)
            end
    end as genre_name
    from items
    cross join json_each(items.payload, '$.GenreItems') as genre

),

genres as (

    select
        items.item_id,
        case
        when typeof(genre.key) = 'integer' and genre.type = 'text'
            then genre.atom
    end as genre_name
    from items
    cross join json_each(items.payload, '$.Genres') as genre

),

-- A union, so that a name that both lists spell alike comes once.
unioned as (

    select * from genre_items
    union
    select * from genres

),

named as (

    select * from unioned
    where genre_name <> ''

)

select * from named;
CREATE VIEW "stg_emby__item_provider_ids" as
    with

items as (

    select * from main."raw_emby_items"

),

members as (

    select
        items.item_id,
        case when typeof(provider.key) = 'text' then provider.key end as provider,
        case
        when provider.type in ('text', 'integer', 'real')
            then cast(provider.atom as text)
    end as provider_item_id
    from items
    cross join json_each(items.payload, '$.ProviderIds') as provider

),

named as (

    select * from members
    where provider is not null

)

select * from named;
CREATE VIEW "stg_emby__item_tags" as
    with

items as (

    select * from main."raw_emby_items"

),

tag_items as (

    select
        items.item_id,
        nullif(case
        when typeof(tag.key) = 'integer' and tag.type = 'object'
            then case
                when
                    json_type(tag.value, '$.Id')
                    in ('integer', 'text')
                    then cast(json_extract(tag.value, '$.Id') as text)
            end
    end, '')
            as emby_tag_id,
        case
        when typeof(tag.key) = 'integer' and tag.type = 'object'
            then case
                when
                    json_type(tag.value, '$.Name')
                    in ('text')
                    then cast(json_extract(tag.value, '$.Name') as text)
            end
    end as tag_name
    from items
    cross join json_each(items.payload, '$.TagItems') as tag

),

tags as (

    select
        items.item_id,
        cast(null as text) as emby_tag_id,
        case
        when typeof(tag.key) = 'integer' and tag.type = 'text'
            then tag.atom
    end as tag_name
    from items
    cross join json_each(items.payload, '$.Tags') as tag

),

unioned as (

    select * from tag_items
    union
    select * from tags

),

named as (

    select * from unioned
    where tag_name <> ''

)

select * from named;
CREATE VIEW "stg_emby__item_video_streams" as
    with

items as (

    select * from main."raw_emby_items"

),

streams as (

    select
        items.item_id,
        case
        when typeof(stream.key) = 'integer' and stream.type = 'object'
            then case
                when
                    json_type(stream.value, '$.Type')
                    in ('text')
                    then cast(json_extract(stream.value, '$.Type') as text)
            end
    end as stream_type,
        case
        when typeof(stream.key) = 'integer' and stream.type = 'object'
            then case
                when
                    json_type(stream.value, '$.Codec')
                    in ('text')
                    then cast(json_extract(stream.value, '$.Codec') as text)
            end
    end as video_codec,
        stream.key as stream_position,
        cast(case
        when typeof(stream.key) = 'integer' and stream.type = 'object'
            then case
                when
                    json_type(stream.value, '$.Width')
                    in ('integer')
                    then cast(json_extract(stream.value, '$.Width') as text)
            end
    end as integer)
            as stream_width,
        cast(case
        when typeof(stream.key) = 'integer' and stream.type = 'object'
            then case
                when
                    json_type(stream.value, '$.Height')
                    in ('integer')
                    then cast(json_extract(stream.value, '$.Height') as text)
            end
    end as integer)
            as stream_height
    from items
    cross join json_each(items.payload, '$.MediaStreams') as stream

),

-- Cover pictures are streams too, with a width and a height of their own.
videos as (

    select
        item_id,
        video_codec,
        stream_position,
        stream_width,
        stream_height
    from streams
    where stream_type = 'Video'

)

select * from videos;
CREATE INDEX ix_stg_emby__items__item_id on stg_emby__items (item_id)
      ;
CREATE VIEW "stg_emby__users" as
    with

users as (

    select * from main."raw_emby_users"

),

unpacked as (

    select
        user_id,
        user_name,
        coalesce(json_type(payload, '$.Policy.IsHidden') = 'true', false) as is_hidden,
        removed_at is not null as is_removed
    from users

)

select * from unpacked;
CREATE VIEW "stg_emby__watch_event_observations" as
    with

observations as (

    select * from main."raw_emby_watch_events"

),

-- What a source leaves empty is null from here on.
renamed as (

    select
        replace(replace(user_id, '%', '%25'), '|', '%7C') || '|' || replace(replace(item_id, '%', '%25'), '|', '%7C') || '|' || replace(replace(played_at_local, '%', '%25'), '|', '%7C') || '|' || replace(replace(source, '%', '%25'), '|', '%7C') || '|' || replace(replace(play_duration_seconds, '%', '%25'), '|', '%7C') || '|' || replace(replace(pause_duration_seconds, '%', '%25'), '|', '%7C') as observation_id,
        user_id,
        item_id,

        source,
        nullif(user_name, '') as user_name,
        nullif(item_name, '') as item_name,
        nullif(item_type, '') as item_type,
        nullif(remote_address, '') as remote_address,
        nullif(playback_method, '') as playback_method,
        nullif(client_name, '') as client_name,
        nullif(device_name, '') as device_name,
        nullif(transcode_reasons, '') as transcode_reasons,
        nullif(play_duration_seconds, '') as play_duration_seconds,
        nullif(pause_duration_seconds, '') as pause_duration_seconds,

        load_id,

        played_at_local,
        first_loaded_at
    from observations

)

select * from renamed;
CREATE VIEW "stg_extract__name_hashes" as
    with

name_hashes as (

    select * from main."raw_name_hashes"

),

renamed as (

    select
        name,
        hash_id
    from name_hashes

)

select * from renamed;
CREATE VIEW "stg_extract__name_spellings" as
    with

name_spellings as (

    select * from main."raw_name_spellings"

),

renamed as (

    select
        spelling,
        name
    from name_spellings

)

select * from renamed;
CREATE VIEW "stg_extract__runs" as
    with

runs as (

    select * from main."raw_extract_runs"

),

renamed as (

    select
        run_id || '|' || step as extract_run_id,
        run_id,

        step,
        status,
        error,
        note,

        rows_read,
        rows_inserted,
        rows_updated,
        rows_removed,
        rows_rejected,
        request_count,
        server_utc_offset_seconds,

        started_at,
        finished_at
    from runs

)

select * from renamed;
CREATE VIEW "stg_extract__server_clock" as
    with

server_clock as (

    select * from main."raw_server_clock"

),

renamed as (

    select
        zone,
        valid_from_local
    from server_clock

)

select * from renamed;
CREATE VIEW "stg_extract__timezone_offsets" as
    with

timezone_offsets as (

    select * from main."raw_timezone_offsets"

),

renamed as (

    select
        zone,
        utc_offset_seconds,
        is_report_zone <> 0 as is_report_zone,
        utc_from,
        utc_until,
        local_from,
        local_until
    from timezone_offsets

)

select * from renamed;
CREATE VIEW "stg_tmdb__genres" as
    with

genres as (

    select * from main."raw_tmdb_genres"

),

renamed as (

    select
        media_type,
        genre_id,
        genre_name
    from genres

)

select * from renamed;
CREATE VIEW "int_watch_event_observations_measured" as
    with

observations as (

    select
        user_id,
        item_id,

        source,
        item_name,
        item_type,
        coalesce(play_duration_seconds, '') as play_duration_seconds,
        coalesce(pause_duration_seconds, '') as pause_duration_seconds,

        -- Rows without one were inserted by hand; with 0, every build reads them.
        coalesce(load_id, 0) as load_id,

        played_at_local,
        first_loaded_at
    from main."stg_emby__watch_event_observations"

),

measured as (

    select
        *,
        case
            when (
        rtrim(play_duration_seconds, '0123456789') in ('', '-')
        and play_duration_seconds not in ('', '-')
    )
                then cast(play_duration_seconds as integer)
        end as play_seconds,
        case
            when (
        rtrim(pause_duration_seconds, '0123456789') in ('', '-')
        and pause_duration_seconds not in ('', '-')
    )
                then cast(pause_duration_seconds as integer)
        end as pause_seconds,
        source in ('query', 'backup') as includes_pause,
        -- Sources differ in whether they tell the fraction of a second.
        case
            when substr(played_at_local, 20, 1) in ('', '.')
                then substr(played_at_local, 1, 19)
            else played_at_local
        end as played_at_second
    from observations

),

without_pause as (

    select
        user_id,
        item_id,

        source,
        item_name,
        item_type,
        play_duration_seconds,
        pause_duration_seconds,

        case
            when includes_pause then play_seconds - coalesce(pause_seconds, 0)
            else play_seconds
        end as watched_seconds,
        -- The plugin counts in 32 bits: other values are treated as null.
        case
            when pause_seconds between 0 and 2147483647 then pause_seconds
        end as paused_seconds,
        load_id,

        played_at_local,
        played_at_second,
        first_loaded_at
    from measured

)

select * from without_pause;
CREATE VIEW "int_item_genres_inherited" as
    with

items as (

    select * from main."stg_emby__items"

),

item_genres as (

    select * from main."stg_emby__item_genres"

),

own as (

    select
        items.item_id,
        items.item_type,
        item_genres.genre_name,
        false as is_inherited_from_series
    from items
    inner join item_genres
        on items.item_id = item_genres.item_id

),

inherited as (

    select
        items.item_id,
        items.item_type,
        series_genres.genre_name,
        true as is_inherited_from_series
    from items
    inner join item_genres as series_genres
        on items.series_id = series_genres.item_id
    left join item_genres as own_genres
        on items.item_id = own_genres.item_id
    where
        items.item_type = 'Episode'
        and own_genres.item_id is null

),

unioned as (

    select * from own
    union all
    select * from inherited

)

select * from unioned;
CREATE INDEX ix_int_library_items_described__item_id on int_library_items_described (item_id)
      ;
CREATE INDEX ix_int_report_offsets__from_epoch_seconds on int_report_offsets (from_epoch_seconds)
      ;
CREATE INDEX ix_int_server_clock_offsets__local_from on int_server_clock_offsets (local_from)
      ;
CREATE INDEX ix_int_series_episodes_ordered__item_id on int_series_episodes_ordered (item_id)
      ;
CREATE INDEX ix_library_items__item_id on library_items (item_id)
      ;
CREATE VIEW "int_item_genres_identified" as
    with

item_genres as (

    select * from main."int_item_genres_inherited"

),

names as (

    select * from main."int_names_hashed"

),

tmdb_genres as (

    select
        media_type,
        genre_id,
        genre_name,
        lower(genre_name) as name
    from main."stg_tmdb__genres"

),

named as (

    select
        item_genres.item_id,
        item_genres.item_type,
        item_genres.is_inherited_from_series,
        names.name,
        names.hash_id,
        min(item_genres.genre_name) as genre_name
    from item_genres
    inner join names
        on item_genres.genre_name = names.spelling
    group by
        item_genres.item_id,
        item_genres.item_type,
        item_genres.is_inherited_from_series,
        names.name,
        names.hash_id

),

with_candidates as (

    select
        named.*,
        movie_genres.genre_id as movie_genre_id,
        movie_genres.genre_name as movie_genre_name,
        tv_genres.genre_id as tv_genre_id,
        tv_genres.genre_name as tv_genre_name
    from named
    left join tmdb_genres as movie_genres
        on
            named.name = movie_genres.name
            and movie_genres.media_type = 'movie'
    left join tmdb_genres as tv_genres
        on
            named.name = tv_genres.name
            and tv_genres.media_type = 'tv'

),

identified as (

    select
        item_id,
        case
            when item_type = 'Movie'
                then coalesce(movie_genre_id, tv_genre_id, hash_id)
            else coalesce(tv_genre_id, movie_genre_id, hash_id)
        end as genre_id,
        case
            when item_type = 'Movie'
                then coalesce(movie_genre_name, tv_genre_name, genre_name)
            else coalesce(tv_genre_name, movie_genre_name, genre_name)
        end as genre_name,
        case
            when movie_genre_id is null and tv_genre_id is null then 'hash'
            else 'tmdb'
        end as genre_id_source,
        is_inherited_from_series
    from with_candidates

)

select * from identified;
CREATE INDEX ix_int_item_genres_unique__item_id on int_item_genres_unique (item_id)
      ;
CREATE VIEW "int_series_described" as
    with

series_episodes as (

    select * from main."int_series_episodes_ordered"

),

ranked as (

    select
        *,
        row_number() over (
            partition by series_id, is_in_order and is_in_library
            order by season_number, episode_number, item_id
            rows between unbounded preceding and current row
        ) as episode_rank
    from series_episodes

),

described as (

    select
        series_id,

        max(series_name) as series_name,
        max(
            case
                when is_in_order and is_in_library and episode_rank = 1 then item_id
            end
        ) as first_item_id,

        sum(case when is_in_order and is_in_library then 1 else 0 end)
            as episodes_in_library
    from ranked
    group by series_id

)

select * from described;
CREATE INDEX ix_int_series_episodes_followed__item_id on int_series_episodes_followed (item_id)
      ;
CREATE INDEX ix_int_users_named__user_id on int_users_named (user_id)
      ;
CREATE INDEX ix_int_watched_items__item_id on int_watched_items (item_id)
      ;
CREATE VIEW "int_watch_events_timed" as
    with

watch_events as (

    select * from main."int_watch_events_started"

),

ended as (

    select
        user_id,
        item_id,

        source,
        play_duration_seconds,
        pause_duration_seconds,

        observation_count,
        watched_seconds,
        paused_seconds,
        started_epoch_seconds,
        started_epoch_seconds + watched_seconds + coalesce(paused_seconds, 0)
            as ended_epoch_seconds,

        played_at_local,
        played_at_second
    from watch_events

)

select * from ended;
CREATE VIEW "watch_event_observations" as
    

with

checked as (

    select * from main."int_watch_event_observations_checked"

),

observations as (

    select * from main."stg_emby__watch_event_observations"

),

events as (

    select * from main."int_watch_events_started"

),

beside_the_used_one as (

    select
        observations.*,
        replace(replace(checked.user_id, '%', '%25'), '|', '%7C') || '|' || replace(replace(checked.item_id, '%', '%25'), '|', '%7C') || '|' || replace(replace(checked.played_at_second, '%', '%25'), '|', '%7C') as event_id,
        checked.reason,
        checked.watched_seconds,
        checked.paused_seconds,
        events.observation_count,
        events.watched_seconds as used_watched_seconds,
        events.paused_seconds as used_paused_seconds,
        checked.source = events.source
        and checked.played_at_local = events.played_at_local
        and checked.play_duration_seconds = events.play_duration_seconds
        and checked.pause_duration_seconds = events.pause_duration_seconds as is_used
    from checked
    inner join observations
        on checked.user_id = observations.user_id
    and checked.item_id = observations.item_id
    and checked.played_at_local = observations.played_at_local
    and checked.source = observations.source
    and checked.play_duration_seconds
    = coalesce(observations.play_duration_seconds, '')
    and checked.pause_duration_seconds
    = coalesce(observations.pause_duration_seconds, '')
    left join events
        on
            checked.user_id = events.user_id
            and checked.item_id = events.item_id
            and checked.played_at_second = events.played_at_second
            and checked.reason is null

),

-- Leaves out what was checked in a build that failed before it came to the events; the
-- next build includes it.
taken_up as (

    select * from beside_the_used_one
    where
        reason is not null
        or watched_seconds < used_watched_seconds
        or (
            watched_seconds = used_watched_seconds
            and coalesce(paused_seconds, -1) <= coalesce(used_paused_seconds, -1)
        )

),

judged as (

    select
        observation_id,
        event_id,
        user_id,
        item_id,

        source,
        user_name,
        item_name,
        item_type,
        remote_address,
        playback_method,
        client_name,
        device_name,
        transcode_reasons,
        play_duration_seconds,
        pause_duration_seconds,
        case
            when reason is not null then 'rejected'
            when is_used then 'used'
            else 'superseded'
        end as status,
        case
            when reason is not null
                then reason
            when is_used and observation_count = 1
                then 'only_observation'
            when is_used
                then 'longest_observation'
            when watched_seconds < used_watched_seconds
                then 'shorter'
            when coalesce(paused_seconds, -1) < coalesce(used_paused_seconds, -1)
                then 'shorter_pause'
            else 'same_duration'
        end as reason,

        load_id,

        played_at_local,
        first_loaded_at
    from taken_up

)

select * from judged;
CREATE INDEX ix_int_user_items_described__item_id on int_user_items_described (item_id)
      ;
CREATE INDEX ix_int_user_items_described__changed_in_build on int_user_items_described (changed_in_build)
      ;
CREATE INDEX ix_items__item_id on items (item_id)
      ;
CREATE VIEW "int_user_items_changed" as
    -- Users and items whose sessions, viewings and statistics a build has to form again.
with

user_items as (

    select * from main."int_user_items_described"

),

changed as (

    select
        user_id,
        item_id
    from user_items
    where changed_in_build > (
        select coalesce(max(build_number), 0)
        from main.builds
        where status = 'complete'
    )

)

select * from changed;
CREATE VIEW "int_watch_sessions_rated" as
    with

watch_sessions as (

    select * from main."int_watch_sessions_formed"

),

user_items as (

    select * from main."int_user_items_described"

),

with_runtime as (

    select
        watch_sessions.user_id,
        watch_sessions.item_id,
        watch_sessions.event_count,
        watch_sessions.total_seconds_watched,
        watch_sessions.paused_seconds,
        watch_sessions.started_epoch_seconds,
        watch_sessions.ended_epoch_seconds,
        user_items.runtime_basis,
        user_items.runtime_seconds,
        -- Rounded, because 0.55 x 100 is a little more than 55 in a computer.
        round(
            0.9 * user_items.runtime_seconds, 6
        ) as completing_seconds,
        round(
            0.25 * user_items.runtime_seconds, 6
        ) as partial_from_seconds
    from watch_sessions
    inner join user_items
        on
            watch_sessions.user_id = user_items.user_id
            and watch_sessions.item_id = user_items.item_id

),

-- Outcomes compare seconds: a ratio may have been rounded on its way.
rated as (

    select
        *,
        case
            when total_seconds_watched > runtime_seconds then 1.0
            else total_seconds_watched * 1.0 / runtime_seconds
        end as completion_ratio,
        case
            when runtime_seconds is null
                then 'unknown'
            when total_seconds_watched >= completing_seconds
                then 'completed'
            when total_seconds_watched >= partial_from_seconds
                then 'partial'
            when total_seconds_watched >= 60
                then 'sampled'
            else 'abandoned'
        end as outcome
    from with_runtime

)

select * from rated;
CREATE VIEW "int_watch_sessions_described" as
    -- The sessions as the mart shows them.
with

watch_sessions as (

    select * from main."int_watch_sessions_rated"

),

watch_sessions_in_viewings as (

    select * from main."int_watch_sessions_in_viewings"

),

user_items as (

    select * from main."int_user_items_described"

),

described as (

    select
        user_items.user_item_id || '|'
        || datetime(watch_sessions.started_epoch_seconds, 'unixepoch') as session_id,
        user_items.user_id,
        user_items.item_id,

        user_items.user_name,
        user_items.item_name,
        user_items.item_type,
        watch_sessions.runtime_basis,
        watch_sessions.outcome,

        watch_sessions.event_count,
        watch_sessions.total_seconds_watched,
        watch_sessions.paused_seconds,
        (watch_sessions.ended_epoch_seconds - watch_sessions.started_epoch_seconds)
        / 60.0 as span_minutes,
        watch_sessions.runtime_seconds,
        watch_sessions.completion_ratio,
        watch_sessions_in_viewings.viewing_number,
        watch_sessions_in_viewings.completes_viewing,

        date(datetime(watch_sessions.started_epoch_seconds - 5 * 3600 + (
        select utc_offset_seconds
        from main."int_report_offsets"
        where from_epoch_seconds <= watch_sessions.started_epoch_seconds
        order by from_epoch_seconds desc
        limit 1
    ), 'unixepoch')) as evening_on,
        datetime(watch_sessions.started_epoch_seconds, 'unixepoch') as started_at,
        datetime(watch_sessions.started_epoch_seconds + (
        select utc_offset_seconds
        from main."int_report_offsets"
        where from_epoch_seconds <= watch_sessions.started_epoch_seconds
        order by from_epoch_seconds desc
        limit 1
    ), 'unixepoch')
            as started_local,
        datetime(watch_sessions.ended_epoch_seconds, 'unixepoch') as ended_at,
        datetime(watch_sessions.ended_epoch_seconds + (
        select utc_offset_seconds
        from main."int_report_offsets"
        where from_epoch_seconds <= watch_sessions.ended_epoch_seconds
        order by from_epoch_seconds desc
        limit 1
    ), 'unixepoch') as ended_local
    from watch_sessions
    inner join user_items
        on
            watch_sessions.user_id = user_items.user_id
            and watch_sessions.item_id = user_items.item_id
    left join watch_sessions_in_viewings
        on
            watch_sessions.user_id = watch_sessions_in_viewings.user_id
            and watch_sessions.item_id = watch_sessions_in_viewings.item_id
            and watch_sessions.started_epoch_seconds
            = watch_sessions_in_viewings.started_epoch_seconds

)

select * from described;
CREATE INDEX ix_watch_sessions__session_id on watch_sessions (session_id)
      ;
CREATE INDEX ix_watch_sessions__evening_on__user_id on watch_sessions (evening_on, user_id)
      ;
COMMIT;
PRAGMA user_version = 4;
