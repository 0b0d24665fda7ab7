"""The page Weiße Flecken: what is asked, what is compared, and what stands behind a cell."""
