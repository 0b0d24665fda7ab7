-- Version 2: who was erased, without saying who it was.

-- One row per erasure of a person. The marks are salted, slow hashes of name, mail and phone: they recognise the person
-- in an older backup, and tell nobody who it was.
CREATE TABLE erasure (
    erasure_id VARCHAR PRIMARY KEY,
    contact_id VARCHAR NOT NULL,                -- the function that stays
    erased_at TIMESTAMP NOT NULL,               -- UTC
    actor VARCHAR NOT NULL, reason VARCHAR NOT NULL,
    salt VARCHAR NOT NULL,
    marks VARCHAR[] NOT NULL
);
