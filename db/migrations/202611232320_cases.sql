-- Cases of the home registries and the counters of their numbers.

-- table cases: tenant — one row per case: its whole state, and the columns that queues and look-ups need
create table cases (
    agency integer not null,
    number text not null,
    version bigint not null,
    state text not null,
    queue text not null,
    queue_at bigint not null,
    item text not null,
    collecting integer not null,
    collection_id text not null,
    collection_number text not null,
    unit_number text not null,
    location text not null,
    parties text not null,
    mortgagor_digests text not null,
    acceptor text not null,
    due_on text not null,
    filed_at bigint not null,
    changed_at bigint not null,
    body text not null,
    sheet text not null,
    primary key (agency, number),
    unique (agency, collection_id)
);
create index cases_by_queue on cases (agency, queue, queue_at, number);
create index cases_by_unit on cases (agency, unit_number);

-- table case_counters: tenant — the last number given on a day
create table case_counters (
    agency integer not null,
    day text not null,
    last bigint not null,
    primary key (agency, day)
);
