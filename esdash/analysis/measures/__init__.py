"""What became of decisions: measures that are due, the control list, and the effect of a measure by cause."""
