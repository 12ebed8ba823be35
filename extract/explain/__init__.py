"""How a number came about, from the observations to the adherence score. The words are SQL, in dbt_project/analyses."""
