"""Explain how a number came about, from observations to the adherence score. The text is in dbt_project/analyses."""
