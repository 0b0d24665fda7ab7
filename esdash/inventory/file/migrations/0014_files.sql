-- Version 14: answers to questions of an import are remembered, and telephone numbers are kept as they are dialled.

-- One row per question of an import that a person answered for a sender, to be answered alike in the next file. `mark`
-- tells the question again and holds no word of the file, so that no name of a person stays here.
CREATE TABLE sender_answer (
    sender_answer_id VARCHAR PRIMARY KEY,
    sender VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,                      -- kind of table, as import_run has it
    topic VARCHAR NOT NULL,                     -- of the question: near, place, missing, …
    mark VARCHAR NOT NULL,
    answer VARCHAR NOT NULL,
    learned_on DATE NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
);

-- As phone says it, for dialling and comparing (E.164: +49340…); NULL: none, or no number that can be dialled.
ALTER TABLE organization ADD COLUMN phone_e164 VARCHAR;
ALTER TABLE contact ADD COLUMN phone_e164 VARCHAR;
ALTER TABLE contact_point ADD COLUMN phone_e164 VARCHAR;
