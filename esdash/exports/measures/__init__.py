"""Files about measures: the control list (Beschlusskontrolle) and their dates."""
