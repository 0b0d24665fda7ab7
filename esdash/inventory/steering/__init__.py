"""What people decide: overlapping offers, merged trainings, proposals, scenarios, surveys."""
