"""The parts of the page Schulungen: the dates of today, the plan to bundle them, and what modules are taught."""
