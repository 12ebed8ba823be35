-- A way counts if it leads to exactly one user, and the first that does is taken.
with

matched as (

    select * from {{ ref('int_imported_users_matched') }}

),

unambiguous as (

    select
        imported_user_id,
        program,
        way,
        min(user_id) as user_id
    from matched
    group by imported_user_id, program, way
    having count(*) = 1

),

ranked as (

    select
        imported_user_id,
        user_id,
        program,
        way,
        row_number() over (
            partition by program, imported_user_id
            order by way
            rows between unbounded preceding and current row
        ) as way_rank
    from unambiguous

),

identified as (

    select
        imported_user_id,
        user_id,

        program
    from ranked
    where way_rank = 1

)

select * from identified
