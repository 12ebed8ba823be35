with

runs as (

    select * from {{ source('extract', 'raw_extract_runs') }}

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

select * from renamed
