-- Sittings of the collecting windows and the counters of their numbers.

-- table collections: tenant — one row per sitting: its whole state, and the columns that lists need
create table collections (
    agency integer not null,
    id text not null,
    number text not null,
    version bigint not null,
    state text not null,
    home integer not null,
    case_number text not null,
    case_state text not null,
    item text not null,
    parties text not null,
    clerk text not null,
    opened_at bigint not null,
    changed_at bigint not null,
    body text not null,
    primary key (agency, id),
    unique (agency, number)
);
create index collections_by_time on collections (agency, opened_at, id);
create index collections_by_state on collections (agency, state, opened_at, id);

-- table collection_counters: tenant — the last number given on a day
create table collection_counters (
    agency integer not null,
    day text not null,
    last bigint not null,
    primary key (agency, day)
);
