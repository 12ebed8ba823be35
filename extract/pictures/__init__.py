"""The household's viewing in pictures: static pages, and a dashboard with filters."""
