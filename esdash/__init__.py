"""esdash: the working tool of a city network that coordinates volunteer integration work."""
