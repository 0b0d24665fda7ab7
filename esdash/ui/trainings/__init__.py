"""The parts of the page Schulungen: training dates, the bundling plan, and the modules taught."""
