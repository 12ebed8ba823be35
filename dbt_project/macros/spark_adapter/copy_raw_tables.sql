{#
    on-run-start: Spark reads what was shipped to a folder of Parquet when a run starts:
    every raw table, copied into the schema emby_raw. All of one snapshot, whatever is
    shipped meanwhile: the files of a table that is written anew by each shipment begin
    with the number of its snapshot.
#}
{% macro spark__copy_raw_tables() %}
{% if execute and flags.WHICH in ('build', 'run', 'freshness') %}
    {% set folder = run_query('set spark.emby_elt.shipped').rows[0][1] %}
    {% set number = spark_value_unless_missing(
        "select split_part(max(_metadata.file_name), '-', 1) from binaryFile.`"
        ~ folder ~ '/current/raw_emby_users`'
    ) %}
    {% if number is none %}
        {% do exceptions.raise_compiler_error(
            'Nothing is shipped to ' ~ folder ~ ' yet: run "python -m extract ship '
            ~ folder ~ '" first.'
        ) %}
    {% endif %}
    {% do run_query('create schema if not exists emby_raw') %}
    {% do spark_drop_tables_of_other_runs('emby_raw') %}
    {% for source in graph.sources.values() %}
        {% set table = api.Relation.create(
            schema='emby_raw', identifier=source.name, type='table'
        ) %}
        {% do run_query(
            'create table ' ~ spark_of_this_run(table)
            ~ ' using parquet as select * from parquet.`'
            ~ folder ~ '/snapshots/' ~ number ~ '-*/' ~ source.name ~ '`'
        ) %}
        {% do spark_put_in_place(table) %}
    {% endfor %}
{% endif %}
{% endmacro %}

{# What a query returns; none if the files that it reads are not there. #}
{% macro spark_value_unless_missing(query) %}
    {% do return(run_query(
        'begin
            declare exit handler for path_not_found
            begin
                select null;
            end;
            ' ~ query ~ ';
        end'
    ).rows[0][0]) %}
{% endmacro %}
