"""Files for programs and other networks: plain CSV, JSON, GeoJSON, HSDS, HXL, calendars."""
