-- Version 7: the time zone of the city, in which a day begins and ends and in which people read times.

ALTER TABLE city ADD COLUMN IF NOT EXISTS timezone VARCHAR;   -- as in the IANA list, e.g. Europe/Berlin; NULL: Europe/Berlin
