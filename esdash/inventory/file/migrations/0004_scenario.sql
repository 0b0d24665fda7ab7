-- Version 4: named scenarios, and several population points in a district.

-- One row per scenario: conditions (conditions.py) saved under a name.
CREATE TABLE scenario (
    scenario_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL CHECK (trim(name) <> ''),
    content JSON NOT NULL,
    saved_by VARCHAR NOT NULL, saved_on DATE NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
);

-- Where the people of a district live, if the city says so: the shares of a district add up to 1.
CREATE TABLE population_point (
    population_point_id VARCHAR PRIMARY KEY,
    district_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    lat DOUBLE NOT NULL CHECK (lat BETWEEN -90 AND 90),
    lon DOUBLE NOT NULL CHECK (lon BETWEEN -180 AND 180),
    share DOUBLE NOT NULL CHECK (share > 0 AND share <= 1)
);

-- Minutes from the centre of a district, where an offer is, to a population point.
CREATE TABLE point_travel (
    point_travel_id VARCHAR PRIMARY KEY,        -- from|to
    from_district_id VARCHAR NOT NULL,
    population_point_id VARCHAR NOT NULL,
    minutes DOUBLE NOT NULL CHECK (minutes >= 0),
    quality VARCHAR NOT NULL CHECK (quality IN ('measured', 'estimated')),
    source VARCHAR NOT NULL
);
