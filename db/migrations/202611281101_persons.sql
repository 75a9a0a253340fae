-- People who sign in to the portal. A person belongs to no registry: these rows are kept under the province.

-- table persons: tenant — an account: one citizen number with one phone; number and phone sealed and found by digest
create table persons (
    agency integer not null,
    id text not null,
    number_digest text not null,
    phone_digest text not null,
    name text not null,
    number_sealed text not null,
    number_masked text not null,
    phone_sealed text not null,
    phone_masked text not null,
    identity text not null,
    liveness text not null,
    version bigint not null,
    created_at bigint not null,
    primary key (agency, id),
    unique (agency, number_digest, phone_digest)
);

-- table person_codes: tenant — the last code sent to a phone for signing in; digests only, used once, few attempts
create table person_codes (
    agency integer not null,
    phone_digest text not null,
    code_digest text not null,
    expires_at bigint not null,
    attempts_left integer not null,
    sent_at bigint not null,
    hour_started_at bigint not null,
    sent_in_hour integer not null,
    day_started_at bigint not null,
    sent_in_day integer not null,
    primary key (agency, phone_digest)
);

-- table liveness_checks: tenant — checks asked of the provider and its answer; pictures stay with the provider
create table liveness_checks (
    agency integer not null,
    id text not null,
    person text not null,
    request text not null,
    state text not null check (state in ('open', 'passed', 'failed')),
    transaction_id text not null,
    score integer not null,
    live integer not null check (live in (0, 1)),
    consented_at bigint not null,
    expires_at bigint not null,
    answered_at bigint not null,
    primary key (agency, id),
    unique (agency, person, request)
);
