-- Version 8: whether children are looked after while an offer takes place.

ALTER TABLE initiative ADD COLUMN childcare BOOLEAN;  -- NULL: unknown
