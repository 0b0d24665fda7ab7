-- Version 11: when somebody asked what is unknown of an offer, and nobody knew.

ALTER TABLE initiative ADD COLUMN asked_on DATE;  -- NULL: not asked
