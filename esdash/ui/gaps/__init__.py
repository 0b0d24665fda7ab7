"""The page Weiße Flecken: filters, conditions, comparison, and the evidence of a cell."""
