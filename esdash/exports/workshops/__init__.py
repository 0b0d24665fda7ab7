"""Files about workshops: ideas and promises."""
