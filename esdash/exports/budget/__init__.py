"""Files about the money of the programme: the budget, the list of receipts, the draft of the report."""
