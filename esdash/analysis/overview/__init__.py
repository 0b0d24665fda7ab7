"""Where the city stands, in a few figures."""
