-- A small household's database at schema version 3, as emby-elt loaded and built it, but for the rows of model_builds,
-- which quote all the SQL once more.
BEGIN TRANSACTION;
CREATE TABLE "extract_runs" (
                extract_run_id text not null,
                run_id text not null,
                step text not null,
                status text not null,
                error text,
                rows_read integer,
                rows_inserted integer,
                rows_updated integer,
                rows_removed integer,
                rows_rejected integer,
                request_count integer,
                duration_seconds integer,
                started_at text not null,
                finished_at text
            ) strict;
INSERT INTO "extract_runs" VALUES('2026-11-25T12:49:06.282159+00:00|clock','2026-11-25T12:49:06.282159+00:00','clock','ok',NULL,1,1,0,0,0,0,0,'2026-11-25 12:49:06','2026-11-25 12:49:06');
INSERT INTO "extract_runs" VALUES('2026-11-25T12:49:06.282159+00:00|genres','2026-11-25T12:49:06.282159+00:00','genres','ok',NULL,35,35,0,0,0,2,0,'2026-11-25 12:49:06','2026-11-25 12:49:06');
INSERT INTO "extract_runs" VALUES('2026-11-25T12:49:06.282159+00:00|users','2026-11-25T12:49:06.282159+00:00','users','ok',NULL,2,2,0,0,0,2,0,'2026-11-25 12:49:06','2026-11-25 12:49:06');
INSERT INTO "extract_runs" VALUES('2026-11-25T12:49:06.282159+00:00|items','2026-11-25T12:49:06.282159+00:00','items','ok',NULL,6,6,0,0,0,2,0,'2026-11-25 12:49:06','2026-11-25 12:49:06');
INSERT INTO "extract_runs" VALUES('2026-11-25T12:49:06.282159+00:00|events','2026-11-25T12:49:06.282159+00:00','events','ok',NULL,14,13,0,0,0,2,0,'2026-11-25 12:49:06','2026-11-25 12:49:06');
CREATE TABLE int_report_offsets(
  utc_offset_seconds INT,
  from_epoch_seconds INT
);
INSERT INTO "int_report_offsets" VALUES(0,-62135596800);
CREATE TABLE int_server_clock_offsets(
  zone TEXT,
  utc_offset_seconds INT,
  local_from
);
INSERT INTO "int_server_clock_offsets" VALUES('UTC',0,'0001-01-01 00:00:00');
CREATE TABLE "int_user_items_described" (
                user_item_number integer primary key,
                user_id text not null,
                item_id text not null,
                user_name text not null,
                item_name text,
                item_type text,
                runtime_basis text,
                runtime_seconds integer,
                changed_in integer not null,
                is_in_library integer not null
            ) strict;
INSERT INTO "int_user_items_described" VALUES(1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','ann','Item 1','Movie','actual',3600,2,1);
INSERT INTO "int_user_items_described" VALUES(2,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','11','ann','Item 11','Episode','actual',500,2,1);
INSERT INTO "int_user_items_described" VALUES(3,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','1','bob','Item 1','Movie','actual',3600,2,1);
INSERT INTO "int_user_items_described" VALUES(4,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','12','bob','Item 12','Episode','fallback',1500,2,1);
INSERT INTO "int_user_items_described" VALUES(5,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','bob','Item 2','Movie','fallback',7200,2,1);
INSERT INTO "int_user_items_described" VALUES(6,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','77','bob','Coming soon','Trailer',NULL,NULL,2,0);
INSERT INTO "int_user_items_described" VALUES(7,'cccccccccccccccccccccccccccccccc','9','unknown','Item 9','Movie','actual',100,2,1);
CREATE TABLE "int_user_items_played" (
                user_item_number integer primary key,
                user_id text not null,
                item_id text not null,
                last_played_under_name text,
                last_played_as_type text,
                rejected_event_count integer not null,
                change_number integer,
                changed_in integer not null
            ) strict;
INSERT INTO "int_user_items_played" VALUES(1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','2025-09-10 20:45:00Item 1','2025-09-10 20:45:00Movie',0,1,1);
INSERT INTO "int_user_items_played" VALUES(2,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','11','2025-08-10 03:00:00Item 11','2025-08-10 03:00:00Episode',0,1,1);
INSERT INTO "int_user_items_played" VALUES(3,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','1','2025-09-06 20:00:00Item 1','2025-09-06 20:00:00Movie',1,1,1);
INSERT INTO "int_user_items_played" VALUES(4,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','12','2025-10-05 02:30:00Item 12','2025-10-05 02:30:00Episode',0,1,1);
INSERT INTO "int_user_items_played" VALUES(5,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','2025-09-03 20:44:51Item 2','2025-09-03 20:44:51Movie',0,1,1);
INSERT INTO "int_user_items_played" VALUES(6,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','77','2025-09-05 20:00:00Coming soon','2025-09-05 20:00:00Trailer',0,1,1);
INSERT INTO "int_user_items_played" VALUES(7,'cccccccccccccccccccccccccccccccc','9','2025-09-04 20:00:00Item 9','2025-09-04 20:00:00Movie',0,1,1);
CREATE TABLE "int_watch_events_started" (
                user_item_number integer not null,
                played_at_local text not null,
                watched_seconds integer not null,
                paused_seconds integer,
                started_epoch_seconds integer not null, primary key (user_item_number, played_at_local)
            ) strict, without rowid;
INSERT INTO "int_watch_events_started" VALUES(1,'2025-09-01 20:00:00',2000,0,1756756800);
INSERT INTO "int_watch_events_started" VALUES(1,'2025-09-02 20:00:00',1240,300,1756843200);
INSERT INTO "int_watch_events_started" VALUES(1,'2025-09-10 20:00:00',1800,0,1757534400);
INSERT INTO "int_watch_events_started" VALUES(1,'2025-09-10 20:45:00',1800,0,1757537100);
INSERT INTO "int_watch_events_started" VALUES(2,'2025-08-10 03:00:00',450,0,1754794800);
INSERT INTO "int_watch_events_started" VALUES(3,'2025-09-06 20:00:00',100,NULL,1757188800);
INSERT INTO "int_watch_events_started" VALUES(4,'2025-10-05 02:30:00',60,0,1759631400);
INSERT INTO "int_watch_events_started" VALUES(5,'2025-09-03 20:00:00',1790,0,1756929600);
INSERT INTO "int_watch_events_started" VALUES(5,'2025-09-03 20:01:00',5,0,1756929660);
INSERT INTO "int_watch_events_started" VALUES(5,'2025-09-03 20:44:51',59,0,1756932291);
INSERT INTO "int_watch_events_started" VALUES(6,'2025-09-05 20:00:00',95,0,1757102400);
INSERT INTO "int_watch_events_started" VALUES(7,'2025-09-04 20:00:00',90,0,1757016000);
CREATE TABLE "int_watch_sessions_formed" (
                user_item_number integer not null,
                started_epoch_seconds integer not null,
                event_count integer not null,
                total_seconds_watched integer not null,
                paused_seconds integer,
                ended_epoch_seconds integer not null, primary key (user_item_number, started_epoch_seconds)
            ) strict, without rowid;
INSERT INTO "int_watch_sessions_formed" VALUES(1,1756756800,1,2000,0,1756758800);
INSERT INTO "int_watch_sessions_formed" VALUES(1,1756843200,1,1240,300,1756844740);
INSERT INTO "int_watch_sessions_formed" VALUES(1,1757534400,2,3600,0,1757538900);
INSERT INTO "int_watch_sessions_formed" VALUES(2,1754794800,1,450,0,1754795250);
INSERT INTO "int_watch_sessions_formed" VALUES(3,1757188800,1,100,NULL,1757188900);
INSERT INTO "int_watch_sessions_formed" VALUES(4,1759631400,1,60,0,1759631460);
INSERT INTO "int_watch_sessions_formed" VALUES(5,1756929600,2,1795,0,1756931390);
INSERT INTO "int_watch_sessions_formed" VALUES(5,1756932291,1,59,0,1756932350);
INSERT INTO "int_watch_sessions_formed" VALUES(6,1757102400,1,95,0,1757102495);
INSERT INTO "int_watch_sessions_formed" VALUES(7,1757016000,1,90,0,1757016090);
CREATE TABLE "int_watch_sessions_in_viewings" (
                user_item_number integer not null,
                started_epoch_seconds integer not null,
                viewing_number integer not null,
                completes_viewing integer not null, primary key (user_item_number, started_epoch_seconds)
            ) strict, without rowid;
INSERT INTO "int_watch_sessions_in_viewings" VALUES(1,1756756800,1,0);
INSERT INTO "int_watch_sessions_in_viewings" VALUES(1,1756843200,1,1);
INSERT INTO "int_watch_sessions_in_viewings" VALUES(1,1757534400,2,1);
INSERT INTO "int_watch_sessions_in_viewings" VALUES(2,1754794800,1,1);
INSERT INTO "int_watch_sessions_in_viewings" VALUES(3,1757188800,1,0);
INSERT INTO "int_watch_sessions_in_viewings" VALUES(4,1759631400,1,0);
INSERT INTO "int_watch_sessions_in_viewings" VALUES(5,1756929600,1,0);
INSERT INTO "int_watch_sessions_in_viewings" VALUES(5,1756932291,1,0);
INSERT INTO "int_watch_sessions_in_viewings" VALUES(6,1757102400,1,0);
INSERT INTO "int_watch_sessions_in_viewings" VALUES(7,1757016000,1,1);
CREATE TABLE int_watched_items(
  item_id TEXT,
  item_name,
  item_type,
  runtime_basis,
  runtime_seconds
);
INSERT INTO "int_watched_items" VALUES('1','Item 1','Movie','actual',3600);
INSERT INTO "int_watched_items" VALUES('11','Item 11','Episode','actual',500);
INSERT INTO "int_watched_items" VALUES('12','Item 12','Episode','fallback',1500);
INSERT INTO "int_watched_items" VALUES('2','Item 2','Movie','fallback',7200);
INSERT INTO "int_watched_items" VALUES('77','Coming soon','Trailer',NULL,NULL);
INSERT INTO "int_watched_items" VALUES('9','Item 9','Movie','actual',100);
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
INSERT INTO "item_provider_ids" VALUES('1|imdb','1','imdb','tt0037638');
INSERT INTO "item_provider_ids" VALUES('1|tmdb','1','tmdb','20367');
CREATE TABLE "item_tags" (
                item_tag_id text not null,
                item_id text not null,
                tag_id text not null,
                tag_name text not null
            ) strict;
INSERT INTO "item_tags" VALUES('1|31','1','31','Noir');
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
CREATE TABLE model_builds (
    model_name text primary key,
    as_of integer not null,
    made_of text not null
) strict, without rowid
      ;
CREATE TABLE raw_emby_items (item_id text not null, item_type text, payload text not null, first_loaded_at text, last_loaded_at text, removed_at text, change_number integer, primary key (item_id));
INSERT INTO "raw_emby_items" VALUES('1','Movie','{"Id": "1", "Name": "Detour", "Type": "Movie", "DateCreated": "2025-01-02T03:04:05.9999999Z", "RunTimeTicks": 36000000000, "PremiereDate": "1945-11-30T00:00:00.0000000Z", "ProductionYear": 1945, "CommunityRating": 7.25, "OfficialRating": "NR", "Overview": "A hitch-hiker''s luck runs out.", "Path": "/media/Detour.mkv", "Container": "mkv", "ProviderIds": {"IMDB": "tt0037638", "Imdb": "", "Tmdb": "20367", "Tvdb": ""}, "Genres": ["crime", "Thriller"], "GenreItems": [{"Name": "Crime", "Id": 1}, {"Name": "Ångest", "Id": 2}], "TagItems": [{"Name": "Noir", "Id": 31}], "MediaStreams": [{"Type": "EmbeddedImage", "Codec": "mjpeg", "Width": 600, "Height": 900}, {"Type": "Video", "Codec": "h264", "Width": 1440, "Height": 1080}]}','2026-11-25 12:49:06','2026-11-25 12:49:06',NULL,1);
INSERT INTO "raw_emby_items" VALUES('10','Series','{"Id": "10", "Name": "Superman", "Type": "Series", "DateCreated": "2025-01-01T00:00:10.0000000Z", "RunTimeTicks": 54000000000, "Genres": ["Animation", "Comedy"]}','2026-11-25 12:49:06','2026-11-25 12:49:06',NULL,1);
INSERT INTO "raw_emby_items" VALUES('11','Episode','{"Id": "11", "Name": "Volcano", "Type": "Episode", "DateCreated": "2025-01-01T00:00:11.0000000Z", "RunTimeTicks": 5000000000, "SeriesId": "10", "SeriesName": "Superman", "ParentIndexNumber": 1, "IndexNumber": 8}','2026-11-25 12:49:06','2026-11-25 12:49:06',NULL,1);
INSERT INTO "raw_emby_items" VALUES('12','Episode','{"Id": "12", "Name": "Showdown", "Type": "Episode", "DateCreated": "2025-01-01T00:00:12.0000000Z", "SeriesId": "10", "Genres": ["Family"]}','2026-11-25 12:49:06','2026-11-25 12:49:06',NULL,1);
INSERT INTO "raw_emby_items" VALUES('2','Movie','{"Id": "2", "Name": "Charade", "Type": "Movie", "DateCreated": "2025-01-03T00:00:00+00:00", "RunTimeTicks": 0, "Width": 640, "Height": 480}','2026-11-25 12:49:06','2026-11-25 12:49:06',NULL,1);
INSERT INTO "raw_emby_items" VALUES('9','Movie','{"Id": "9", "Name": "Scarlet Street", "Type": "Movie", "DateCreated": "2025-01-01T00:00:09.0000000Z", "RunTimeTicks": 1000000000, "Genres": ["Drama"]}','2026-11-25 12:49:06','2026-11-25 12:49:06',NULL,1);
CREATE TABLE raw_emby_users (user_id text not null, user_name text, payload text not null, first_loaded_at text, last_loaded_at text, removed_at text, primary key (user_id));
INSERT INTO "raw_emby_users" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','ann','{"Id": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "Name": "ann", "Policy": {"IsHidden": false}}','2026-11-25 12:49:06','2026-11-25 12:49:06',NULL);
INSERT INTO "raw_emby_users" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','bob','{"Id": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "Name": "bob", "Policy": {"IsHidden": true}}','2026-11-25 12:49:06','2026-11-25 12:49:06',NULL);
CREATE TABLE raw_emby_watch_events (user_id text not null, item_id text not null, played_at_local text not null, item_name text, item_type text, duration_seconds text, user_name text, remote_address text, pause_seconds text, playback_method text, client_name text, device_name text, transcode_reasons text, first_loaded_at text, last_loaded_at text, change_number integer, primary key (user_id, item_id, played_at_local)) without rowid;
INSERT INTO "raw_emby_watch_events" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','2025-09-01 20:00:00','Item 1','Movie','2000',NULL,'192.168.1.2','0','DirectPlay','Emby Web','Firefox',NULL,'2026-11-25 12:49:06','2026-11-25 12:49:06',1);
INSERT INTO "raw_emby_watch_events" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','2025-09-02 20:00:00','Item 1','Movie','1240',NULL,'192.168.1.2','300','DirectPlay','Emby Web','Firefox',NULL,'2026-11-25 12:49:06','2026-11-25 12:49:06',1);
INSERT INTO "raw_emby_watch_events" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','2025-09-10 20:00:00','Item 1','Movie','1800',NULL,'192.168.1.2','0','DirectPlay','Emby Web','Firefox',NULL,'2026-11-25 12:49:06','2026-11-25 12:49:06',1);
INSERT INTO "raw_emby_watch_events" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','2025-09-10 20:45:00','Item 1','Movie','1800',NULL,'192.168.1.2','0','DirectPlay','Emby Web','Firefox',NULL,'2026-11-25 12:49:06','2026-11-25 12:49:06',1);
INSERT INTO "raw_emby_watch_events" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','11','2025-08-10 03:00:00','Item 11','Episode','450',NULL,'192.168.1.2','0','DirectPlay','Emby Web','Firefox',NULL,'2026-11-25 12:49:06','2026-11-25 12:49:06',1);
INSERT INTO "raw_emby_watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','1','2025-09-06 20:00:00','Item 1','Movie','100',NULL,'192.168.1.2',NULL,'DirectPlay','Emby Web','Firefox',NULL,'2026-11-25 12:49:06','2026-11-25 12:49:06',1);
INSERT INTO "raw_emby_watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','1','2025-09-07 20:00:00','Item 1','Movie','-17',NULL,'192.168.1.2','0','DirectPlay','Emby Web','Firefox',NULL,'2026-11-25 12:49:06','2026-11-25 12:49:06',1);
INSERT INTO "raw_emby_watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','12','2025-10-05 02:30:00','Item 12','Episode','60',NULL,'192.168.1.2','0','DirectPlay','Emby Web','Firefox',NULL,'2026-11-25 12:49:06','2026-11-25 12:49:06',1);
INSERT INTO "raw_emby_watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','2025-09-03 20:00:00','Item 2','Movie','1790',NULL,'192.168.1.2','0','DirectPlay','Emby Web','Firefox',NULL,'2026-11-25 12:49:06','2026-11-25 12:49:06',1);
INSERT INTO "raw_emby_watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','2025-09-03 20:01:00','Item 2','Movie','5',NULL,'192.168.1.2','0','DirectPlay','Emby Web','Firefox',NULL,'2026-11-25 12:49:06','2026-11-25 12:49:06',1);
INSERT INTO "raw_emby_watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','2025-09-03 20:44:51','Item 2','Movie','59',NULL,'192.168.1.2','0','DirectPlay','Emby Web','Firefox',NULL,'2026-11-25 12:49:06','2026-11-25 12:49:06',1);
INSERT INTO "raw_emby_watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','77','2025-09-05 20:00:00','Coming soon','Trailer','95',NULL,'192.168.1.2','0','DirectPlay','Emby Web','Firefox',NULL,'2026-11-25 12:49:06','2026-11-25 12:49:06',1);
INSERT INTO "raw_emby_watch_events" VALUES('cccccccccccccccccccccccccccccccc','9','2025-09-04 20:00:00','Item 9','Movie','90',NULL,'192.168.1.2','0','DirectPlay','Emby Web','Firefox',NULL,'2026-11-25 12:49:06','2026-11-25 12:49:06',1);
CREATE TABLE raw_extract_runs (run_id text not null, step text not null, started_at text, finished_at text, status text, rows_read integer, rows_inserted integer, rows_updated integer, rows_removed integer, rows_rejected integer, request_count integer, error text, primary key (run_id, step));
INSERT INTO "raw_extract_runs" VALUES('2026-11-25T12:49:06.282159+00:00','clock','2026-11-25 12:49:06','2026-11-25 12:49:06','ok',1,1,0,0,0,0,NULL);
INSERT INTO "raw_extract_runs" VALUES('2026-11-25T12:49:06.282159+00:00','genres','2026-11-25 12:49:06','2026-11-25 12:49:06','ok',35,35,0,0,0,2,NULL);
INSERT INTO "raw_extract_runs" VALUES('2026-11-25T12:49:06.282159+00:00','users','2026-11-25 12:49:06','2026-11-25 12:49:06','ok',2,2,0,0,0,2,NULL);
INSERT INTO "raw_extract_runs" VALUES('2026-11-25T12:49:06.282159+00:00','items','2026-11-25 12:49:06','2026-11-25 12:49:06','ok',6,6,0,0,0,2,NULL);
INSERT INTO "raw_extract_runs" VALUES('2026-11-25T12:49:06.282159+00:00','events','2026-11-25 12:49:06','2026-11-25 12:49:06','ok',14,13,0,0,0,2,NULL);
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
INSERT INTO "raw_server_clock" VALUES('0001-01-01 00:00:00','UTC');
CREATE TABLE raw_timezone_offsets (zone text not null, utc_from text not null, utc_until text not null, local_from text not null, local_until text not null, utc_offset_seconds integer not null, is_report_zone integer not null, primary key (zone, utc_from));
INSERT INTO "raw_timezone_offsets" VALUES('UTC','0001-01-01 00:00:00','9999-12-31 23:59:59','0001-01-01 00:00:00','9999-12-31 23:59:59',0,1);
CREATE TABLE raw_tmdb_genres (media_type text not null, genre_id integer not null, genre_name text not null, loaded_at text, primary key (media_type, genre_id));
INSERT INTO "raw_tmdb_genres" VALUES('movie',12,'Adventure','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',14,'Fantasy','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',16,'Animation','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',18,'Drama','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',27,'Horror','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',28,'Action','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',35,'Comedy','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',36,'History','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',37,'Western','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',53,'Thriller','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',80,'Crime','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',99,'Documentary','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',878,'Science Fiction','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',9648,'Mystery','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',10402,'Music','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',10749,'Romance','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',10751,'Family','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',10752,'War','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('movie',10770,'TV Movie','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('tv',16,'Animation','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('tv',18,'Drama','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('tv',35,'Comedy','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('tv',37,'Western','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('tv',80,'Crime','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('tv',99,'Documentary','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('tv',9648,'Mystery','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10751,'Family','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10759,'Action & Adventure','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10762,'Kids','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10763,'News','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10764,'Reality','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10765,'Sci-Fi & Fantasy','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10766,'Soap','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10767,'Talk','2026-11-25 12:49:06');
INSERT INTO "raw_tmdb_genres" VALUES('tv',10768,'War & Politics','2026-11-25 12:49:06');
CREATE TABLE "rejected_watch_events" (
                event_id text not null,
                user_id text not null,
                item_id text not null,
                user_name text,
                item_name text,
                item_type text,
                remote_address text,
                playback_method text,
                client_name text,
                device_name text,
                transcode_reasons text,
                duration_seconds text,
                pause_seconds text,
                reason text not null,
                played_at_local text not null,
                first_loaded_at text,
                last_loaded_at text
            ) strict;
INSERT INTO "rejected_watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|1|2025-09-07 20:00:00','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','1',NULL,'Item 1','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',NULL,'-17','0','negative_duration','2025-09-07 20:00:00','2026-11-25 12:49:06','2026-11-25 12:49:06');
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
  runtime_seconds,
  production_year,
  community_rating,
  image_width,
  image_height,
  premiere_date,
  added_at,
  removed_at TEXT
);
INSERT INTO "stg_emby__items" VALUES('1',NULL,'Movie','Detour',NULL,'NR','A hitch-hiker''s luck runs out.','/media/Detour.mkv','mkv',NULL,NULL,3600,1945,7.25,NULL,NULL,'1945-11-30','2025-01-02 03:04:05',NULL);
INSERT INTO "stg_emby__items" VALUES('10',NULL,'Series','Superman',NULL,NULL,NULL,NULL,NULL,NULL,NULL,5400,NULL,NULL,NULL,NULL,NULL,'2025-01-01 00:00:10',NULL);
INSERT INTO "stg_emby__items" VALUES('11','10','Episode','Volcano','Superman',NULL,NULL,NULL,NULL,1,8,500,NULL,NULL,NULL,NULL,NULL,'2025-01-01 00:00:11',NULL);
INSERT INTO "stg_emby__items" VALUES('12','10','Episode','Showdown',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2025-01-01 00:00:12',NULL);
INSERT INTO "stg_emby__items" VALUES('2',NULL,'Movie','Charade',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,640,480,NULL,'2025-01-03 00:00:00',NULL);
INSERT INTO "stg_emby__items" VALUES('9',NULL,'Movie','Scarlet Street',NULL,NULL,NULL,NULL,NULL,NULL,NULL,100,NULL,NULL,NULL,NULL,NULL,'2025-01-01 00:00:09',NULL);
CREATE TABLE "tmdb_genres" (
                tmdb_genre_id text not null,
                media_type text not null,
                genre_id integer not null,
                genre_name text not null
            ) strict;
INSERT INTO "tmdb_genres" VALUES('movie|12','movie',12,'Adventure');
INSERT INTO "tmdb_genres" VALUES('movie|14','movie',14,'Fantasy');
INSERT INTO "tmdb_genres" VALUES('movie|16','movie',16,'Animation');
INSERT INTO "tmdb_genres" VALUES('movie|18','movie',18,'Drama');
INSERT INTO "tmdb_genres" VALUES('movie|27','movie',27,'Horror');
INSERT INTO "tmdb_genres" VALUES('movie|28','movie',28,'Action');
INSERT INTO "tmdb_genres" VALUES('movie|35','movie',35,'Comedy');
INSERT INTO "tmdb_genres" VALUES('movie|36','movie',36,'History');
INSERT INTO "tmdb_genres" VALUES('movie|37','movie',37,'Western');
INSERT INTO "tmdb_genres" VALUES('movie|53','movie',53,'Thriller');
INSERT INTO "tmdb_genres" VALUES('movie|80','movie',80,'Crime');
INSERT INTO "tmdb_genres" VALUES('movie|99','movie',99,'Documentary');
INSERT INTO "tmdb_genres" VALUES('movie|878','movie',878,'Science Fiction');
INSERT INTO "tmdb_genres" VALUES('movie|9648','movie',9648,'Mystery');
INSERT INTO "tmdb_genres" VALUES('movie|10402','movie',10402,'Music');
INSERT INTO "tmdb_genres" VALUES('movie|10749','movie',10749,'Romance');
INSERT INTO "tmdb_genres" VALUES('movie|10751','movie',10751,'Family');
INSERT INTO "tmdb_genres" VALUES('movie|10752','movie',10752,'War');
INSERT INTO "tmdb_genres" VALUES('movie|10770','movie',10770,'TV Movie');
INSERT INTO "tmdb_genres" VALUES('tv|16','tv',16,'Animation');
INSERT INTO "tmdb_genres" VALUES('tv|18','tv',18,'Drama');
INSERT INTO "tmdb_genres" VALUES('tv|35','tv',35,'Comedy');
INSERT INTO "tmdb_genres" VALUES('tv|37','tv',37,'Western');
INSERT INTO "tmdb_genres" VALUES('tv|80','tv',80,'Crime');
INSERT INTO "tmdb_genres" VALUES('tv|99','tv',99,'Documentary');
INSERT INTO "tmdb_genres" VALUES('tv|9648','tv',9648,'Mystery');
INSERT INTO "tmdb_genres" VALUES('tv|10751','tv',10751,'Family');
INSERT INTO "tmdb_genres" VALUES('tv|10759','tv',10759,'Action & Adventure');
INSERT INTO "tmdb_genres" VALUES('tv|10762','tv',10762,'Kids');
INSERT INTO "tmdb_genres" VALUES('tv|10763','tv',10763,'News');
INSERT INTO "tmdb_genres" VALUES('tv|10764','tv',10764,'Reality');
INSERT INTO "tmdb_genres" VALUES('tv|10765','tv',10765,'Sci-Fi & Fantasy');
INSERT INTO "tmdb_genres" VALUES('tv|10766','tv',10766,'Soap');
INSERT INTO "tmdb_genres" VALUES('tv|10767','tv',10767,'Talk');
INSERT INTO "tmdb_genres" VALUES('tv|10768','tv',10768,'War & Politics');
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
INSERT INTO "user_item_stats" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1','ann','Item 1','Movie',3,6840,114.0,1.0,6.33333333333333303727e-01,2,1,9,9.99999999999999888977e-01,1,2,0,0,1,'2025-09-01 20:00:00','2025-09-10 21:15:00');
INSERT INTO "user_item_stats" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','11','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|11','ann','Item 11','Episode',1,450,7.5,0.9,0.9,1,0,0,0.73,1,0,0,0,1,'2025-08-10 03:00:00','2025-08-10 03:07:30');
INSERT INTO "user_item_stats" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','1','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|1','bob','Item 1','Movie',1,100,1.66666666666666674068e+00,2.77777777777777762358e-02,2.77777777777777762358e-02,0,0,0,1.19444444444444436426e-01,0,0,1,0,1,'2025-09-06 20:00:00','2025-09-06 20:01:40');
INSERT INTO "user_item_stats" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','12','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|12','bob','Item 12','Episode',1,60,1.0,0.04,0.04,0,0,0,0.128,0,0,1,0,1,'2025-10-05 02:30:00','2025-10-05 02:31:00');
INSERT INTO "user_item_stats" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2','bob','Item 2','Movie',2,1854,30.9,2.49305555555555558022e-01,0.12875,0,0,0,3.75333333333333296621e-01,0,0,1,1,1,'2025-09-03 20:00:00','2025-09-03 20:45:50');
INSERT INTO "user_item_stats" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','77','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|77','bob','Coming soon','Trailer',1,95,1.58333333333333325931e+00,NULL,NULL,0,0,0,NULL,0,0,0,0,0,'2025-09-05 20:00:00','2025-09-05 20:01:35');
INSERT INTO "user_item_stats" VALUES('cccccccccccccccccccccccccccccccc','9','cccccccccccccccccccccccccccccccc|9','unknown','Item 9','Movie',1,90,1.5,0.9,0.9,1,0,0,0.73,1,0,0,0,1,'2025-09-04 20:00:00','2025-09-04 20:01:30');
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
                watched_seconds integer not null,
                paused_seconds integer,
                started_at text not null,
                started_local text not null,
                ended_at text not null, primary key (user_id, item_id, event_id)
            ) strict, without rowid;
INSERT INTO "watch_events" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-01 20:00:00','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-01 20:00:00','ann','Item 1','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',2000,0,'2025-09-01 20:00:00','2025-09-01 20:00:00','2025-09-01 20:33:20');
INSERT INTO "watch_events" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-02 20:00:00','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-02 20:00:00','ann','Item 1','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',1240,300,'2025-09-02 20:00:00','2025-09-02 20:00:00','2025-09-02 20:25:40');
INSERT INTO "watch_events" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-10 20:00:00','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-10 20:00:00','ann','Item 1','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',1800,0,'2025-09-10 20:00:00','2025-09-10 20:00:00','2025-09-10 20:30:00');
INSERT INTO "watch_events" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-10 20:45:00','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-10 20:00:00','ann','Item 1','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',1800,0,'2025-09-10 20:45:00','2025-09-10 20:45:00','2025-09-10 21:15:00');
INSERT INTO "watch_events" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','11','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|11|2025-08-10 03:00:00','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|11|2025-08-10 03:00:00','ann','Item 11','Episode','192.168.1.2','DirectPlay','Emby Web','Firefox',450,0,'2025-08-10 03:00:00','2025-08-10 03:00:00','2025-08-10 03:07:30');
INSERT INTO "watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','1','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|1|2025-09-06 20:00:00','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|1|2025-09-06 20:00:00','bob','Item 1','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',100,NULL,'2025-09-06 20:00:00','2025-09-06 20:00:00','2025-09-06 20:01:40');
INSERT INTO "watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','12','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|12|2025-10-05 02:30:00','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|12|2025-10-05 02:30:00','bob','Item 12','Episode','192.168.1.2','DirectPlay','Emby Web','Firefox',60,0,'2025-10-05 02:30:00','2025-10-05 02:30:00','2025-10-05 02:31:00');
INSERT INTO "watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2|2025-09-03 20:00:00','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2|2025-09-03 20:00:00','bob','Item 2','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',1790,0,'2025-09-03 20:00:00','2025-09-03 20:00:00','2025-09-03 20:29:50');
INSERT INTO "watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2|2025-09-03 20:01:00','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2|2025-09-03 20:00:00','bob','Item 2','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',5,0,'2025-09-03 20:01:00','2025-09-03 20:01:00','2025-09-03 20:01:05');
INSERT INTO "watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2|2025-09-03 20:44:51','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2|2025-09-03 20:44:51','bob','Item 2','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',59,0,'2025-09-03 20:44:51','2025-09-03 20:44:51','2025-09-03 20:45:50');
INSERT INTO "watch_events" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','77','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|77|2025-09-05 20:00:00','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|77|2025-09-05 20:00:00','bob','Coming soon','Trailer','192.168.1.2','DirectPlay','Emby Web','Firefox',95,0,'2025-09-05 20:00:00','2025-09-05 20:00:00','2025-09-05 20:01:35');
INSERT INTO "watch_events" VALUES('cccccccccccccccccccccccccccccccc','9','cccccccccccccccccccccccccccccccc|9|2025-09-04 20:00:00','cccccccccccccccccccccccccccccccc|9|2025-09-04 20:00:00','unknown','Item 9','Movie','192.168.1.2','DirectPlay','Emby Web','Firefox',90,0,'2025-09-04 20:00:00','2025-09-04 20:00:00','2025-09-04 20:01:30');
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
                completes_viewing integer not null,
                started_at text not null,
                started_local text not null,
                ended_at text not null,
                ended_local text not null, primary key (user_id, item_id, session_id)
            ) strict, without rowid;
INSERT INTO "watch_sessions" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-01 20:00:00','ann','Item 1','Movie','actual','partial',1,2000,0,3.33333333333333357026e+01,3600,5.55555555555555580227e-01,1,0,'2025-09-01 20:00:00','2025-09-01 20:00:00','2025-09-01 20:33:20','2025-09-01 20:33:20');
INSERT INTO "watch_sessions" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-02 20:00:00','ann','Item 1','Movie','actual','partial',1,1240,300,2.566666666666666785e+01,3600,3.44444444444444441977e-01,1,1,'2025-09-02 20:00:00','2025-09-02 20:00:00','2025-09-02 20:25:40','2025-09-02 20:25:40');
INSERT INTO "watch_sessions" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|1|2025-09-10 20:00:00','ann','Item 1','Movie','actual','completed',2,3600,0,75.0,3600,1.0,2,1,'2025-09-10 20:00:00','2025-09-10 20:00:00','2025-09-10 21:15:00','2025-09-10 21:15:00');
INSERT INTO "watch_sessions" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','11','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|11|2025-08-10 03:00:00','ann','Item 11','Episode','actual','completed',1,450,0,7.5,500,0.9,1,1,'2025-08-10 03:00:00','2025-08-10 03:00:00','2025-08-10 03:07:30','2025-08-10 03:07:30');
INSERT INTO "watch_sessions" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','1','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|1|2025-09-06 20:00:00','bob','Item 1','Movie','actual','sampled',1,100,NULL,1.66666666666666674068e+00,3600,2.77777777777777762358e-02,1,0,'2025-09-06 20:00:00','2025-09-06 20:00:00','2025-09-06 20:01:40','2025-09-06 20:01:40');
INSERT INTO "watch_sessions" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','12','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|12|2025-10-05 02:30:00','bob','Item 12','Episode','fallback','sampled',1,60,0,1.0,1500,0.04,1,0,'2025-10-05 02:30:00','2025-10-05 02:30:00','2025-10-05 02:31:00','2025-10-05 02:31:00');
INSERT INTO "watch_sessions" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2|2025-09-03 20:00:00','bob','Item 2','Movie','fallback','sampled',2,1795,0,2.9833333333333332149e+01,7200,2.49305555555555558022e-01,1,0,'2025-09-03 20:00:00','2025-09-03 20:00:00','2025-09-03 20:29:50','2025-09-03 20:29:50');
INSERT INTO "watch_sessions" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|2|2025-09-03 20:44:51','bob','Item 2','Movie','fallback','abandoned',1,59,0,9.83333333333333281522e-01,7200,8.19444444444444516917e-03,1,0,'2025-09-03 20:44:51','2025-09-03 20:44:51','2025-09-03 20:45:50','2025-09-03 20:45:50');
INSERT INTO "watch_sessions" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','77','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|77|2025-09-05 20:00:00','bob','Coming soon','Trailer',NULL,'unknown',1,95,0,1.58333333333333325931e+00,NULL,NULL,1,0,'2025-09-05 20:00:00','2025-09-05 20:00:00','2025-09-05 20:01:35','2025-09-05 20:01:35');
INSERT INTO "watch_sessions" VALUES('cccccccccccccccccccccccccccccccc','9','cccccccccccccccccccccccccccccccc|9|2025-09-04 20:00:00','unknown','Item 9','Movie','actual','completed',1,90,0,1.5,100,0.9,1,1,'2025-09-04 20:00:00','2025-09-04 20:00:00','2025-09-04 20:01:30','2025-09-04 20:01:30');
CREATE TRIGGER raw_emby_items_changed after update of item_id, item_type, payload, removed_at on raw_emby_items when new.change_number is old.change_number begin update raw_emby_items set change_number = -abs(change_number) where item_id = new.item_id; end;
CREATE TRIGGER raw_emby_watch_events_changed after update of user_id, item_id, played_at_local, item_name, item_type, duration_seconds, user_name, remote_address, pause_seconds, playback_method, client_name, device_name, transcode_reasons on raw_emby_watch_events when new.change_number is old.change_number begin update raw_emby_watch_events set change_number = -abs(change_number) where user_id = new.user_id and item_id = new.item_id and played_at_local = new.played_at_local; end;
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
CREATE VIEW "stg_emby__watch_events" as
    with

watch_events as (

    select * from main."raw_emby_watch_events"

),

renamed as (

    select
        user_id || '|' || item_id || '|' || played_at_local as event_id,
        user_id,
        item_id,

        user_name,
        item_name,
        item_type,
        remote_address,
        playback_method,
        client_name,
        device_name,
        transcode_reasons,
        cast(duration_seconds as text) as duration_seconds,
        cast(pause_seconds as text) as pause_seconds,

        change_number,

        played_at_local,
        first_loaded_at,
        last_loaded_at
    from watch_events

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

        rows_read,
        rows_inserted,
        rows_updated,
        rows_removed,
        rows_rejected,
        request_count,

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
        is_report_zone,
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
CREATE INDEX ix_library_items__item_id on library_items (item_id)
      ;
CREATE VIEW "int_watch_events_checked" as
    with

watch_events as (

    select * from main."stg_emby__watch_events"

),

with_reason as (

    select
        event_id,
        user_id,
        item_id,

        user_name,
        item_name,
        item_type,
        remote_address,
        playback_method,
        client_name,
        device_name,
        transcode_reasons,
        duration_seconds,
        pause_seconds,

        change_number,

        played_at_local,
        first_loaded_at,
        last_loaded_at,

        case
            -- The usual event first: a million of them are asked.
            when
                (
        rtrim(duration_seconds, '0123456789') in ('', '-')
        and duration_seconds not in ('', '-')
    )
                -- The plugin counts in 32 bits; a larger number is no count of it.
                and cast(duration_seconds as integer) between 0 and 2147483647
                and coalesce(
        datetime(played_at_local, '+0 days') = played_at_local
        and played_at_local between '1970-01-02' and '2099-12-31',
        false
    )
                then null
            when trim(coalesce(duration_seconds, '')) = ''
                then 'missing_duration'
            when not (
        rtrim(duration_seconds, '0123456789') in ('', '-')
        and duration_seconds not in ('', '-')
    )
                then 'malformed_duration'
            when cast(duration_seconds as integer) < 0
                then 'negative_duration'
            when cast(duration_seconds as integer) > 2147483647
                then 'malformed_duration'
            else 'malformed_time'
        end as reason
    from watch_events

)

select * from with_reason;
CREATE INDEX ix_int_report_offsets__from_epoch_seconds on int_report_offsets (from_epoch_seconds)
      ;
CREATE INDEX ix_int_server_clock_offsets__local_from on int_server_clock_offsets (local_from)
      ;
CREATE VIEW "int_item_genres_identified" as
    with

item_genres as (

    select * from main."int_item_genres_inherited"

),

name_spellings as (

    select * from main."stg_extract__name_spellings"

),

name_hashes as (

    select * from main."stg_extract__name_hashes"

),

tmdb_genres as (

    select
        media_type,
        genre_id,
        genre_name,
        lower(genre_name) as name
    from main."stg_tmdb__genres"

),

-- Engines differ in what lower() makes of letters beyond ASCII, so the extractor
-- says what each spelling is in lower case.
named as (

    select
        item_genres.item_id,
        item_genres.item_type,
        item_genres.is_inherited_from_series,
        coalesce(name_spellings.name, lower(item_genres.genre_name)) as name,
        min(item_genres.genre_name) as genre_name
    from item_genres
    left join name_spellings
        on item_genres.genre_name = name_spellings.spelling
    group by
        item_genres.item_id,
        item_genres.item_type,
        item_genres.is_inherited_from_series,
        coalesce(name_spellings.name, lower(item_genres.genre_name))

),

with_candidates as (

    select
        named.*,
        movie_genres.genre_id as movie_genre_id,
        movie_genres.genre_name as movie_genre_name,
        tv_genres.genre_id as tv_genre_id,
        tv_genres.genre_name as tv_genre_name,
        name_hashes.hash_id
    from named
    left join tmdb_genres as movie_genres
        on
            named.name = movie_genres.name
            and movie_genres.media_type = 'movie'
    left join tmdb_genres as tv_genres
        on
            named.name = tv_genres.name
            and tv_genres.media_type = 'tv'
    left join name_hashes
        on named.name = name_hashes.name

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
CREATE INDEX ix_int_user_items_played__user_id__item_id on int_user_items_played (user_id, item_id)
      ;
CREATE INDEX ix_int_watched_items__item_id on int_watched_items (item_id)
      ;
CREATE INDEX ix_users__user_id on users (user_id)
      ;
CREATE INDEX ix_int_user_items_described__user_id__item_id on int_user_items_described (user_id, item_id)
      ;
CREATE INDEX ix_int_user_items_described__item_id on int_user_items_described (item_id)
      ;
CREATE INDEX ix_int_user_items_described__changed_in on int_user_items_described (changed_in)
      ;
CREATE VIEW "int_watch_events_timed" as
    with

watch_events as (

    select * from main."int_watch_events_started"

),

ended as (

    select
        user_item_number,
        watched_seconds,
        paused_seconds,
        played_at_local,
        started_epoch_seconds,
        started_epoch_seconds + watched_seconds + coalesce(paused_seconds, 0)
            as ended_epoch_seconds
    from watch_events

)

select * from ended;
CREATE VIEW "int_watch_sessions_rated" as
    with

sessions as (

    select * from main."int_watch_sessions_formed"

),

user_items as (

    select * from main."int_user_items_described"

),

with_runtime as (

    select
        sessions.user_item_number,
        sessions.event_count,
        sessions.total_seconds_watched,
        sessions.paused_seconds,
        sessions.started_epoch_seconds,
        sessions.ended_epoch_seconds,
        user_items.runtime_basis,
        user_items.runtime_seconds,
        -- Rounded, because 0.55 x 100 is a little more than 55 in a computer.
        round(
            0.9 * user_items.runtime_seconds, 6
        ) as completing_seconds,
        round(
            0.25 * user_items.runtime_seconds, 6
        ) as partial_from_seconds
    from sessions
    inner join user_items
        on sessions.user_item_number = user_items.user_item_number

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
CREATE INDEX ix_watch_sessions__session_id on watch_sessions (session_id)
      ;
COMMIT;
PRAGMA user_version = 3;
