"""Papers that are printed and laid out: list of contact points, wall list, flyer."""
