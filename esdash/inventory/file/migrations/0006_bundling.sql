-- Version 6: trainings that people agreed to bundle.

-- One row per accepted merge: the people of one session go to another. Beside who, when and why stands what it rested
-- on, so that a later look can tell what has changed.
CREATE TABLE bundling_decision (
    bundling_decision_id VARCHAR PRIMARY KEY,   -- session|kept session
    session_id VARCHAR NOT NULL,                -- is not held any more
    kept_session_id VARCHAR NOT NULL,           -- takes its people
    booked INTEGER NOT NULL CHECK (booked >= 0),
    kept_booked INTEGER NOT NULL CHECK (kept_booked >= 0),
    kept_seats INTEGER NOT NULL CHECK (kept_seats >= 0),
    starts_on DATE NOT NULL, kept_starts_on DATE NOT NULL,
    losses VARCHAR[] NOT NULL,                  -- losses of access that people accepted with it
    decided_by VARCHAR NOT NULL, decided_on DATE NOT NULL,
    reason VARCHAR NOT NULL CHECK (trim(reason) <> ''),
    version INTEGER NOT NULL DEFAULT 1,
    CHECK (session_id <> kept_session_id)
);
