"""The page Maßnahmen: board, time line, Beschlusskontrolle, money; one measure with its effect and its forms."""
