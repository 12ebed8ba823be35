with

runs as (

    select * from {{ ref('stg_extract__runs') }}

),

timed as (

    select
        extract_run_id,
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
        {{ epoch_seconds('finished_at') }} - {{ epoch_seconds('started_at') }}
            as duration_seconds,

        started_at,
        finished_at
    from runs

)

select * from timed
