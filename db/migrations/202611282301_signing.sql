-- Sealing as a service: systems that may have documents sealed, and what was sealed for them.

-- table signing_clients: tenant — a registry's own programs that may use its seals: for what, on whose word; of the secret only the SM3
create table signing_clients (
    agency integer not null,
    id text not null,
    version bigint not null,
    name text not null,
    grants text not null,
    state text not null check (state in ('requested', 'approved', 'issued', 'refused', 'revoked')),
    reason text not null,
    requested_by text not null,
    requested_at bigint not null,
    decided_by text not null,
    decided_at bigint not null,
    secret_digest text not null,
    issued_by text not null,
    issued_at bigint not null,
    ended_by text not null,
    ended_at bigint not null,
    ended_reason text not null,
    primary key (agency, id)
);
-- The name stands in the use log of the seals: two living systems of one name could not be told apart there.
create unique index signing_clients_name on signing_clients (agency, name) where state in ('requested', 'approved', 'issued');

-- table signings: tenant — files that systems had sealed: by which seal, for what; the file lies in the object store
create table signings (
    agency integer not null,
    id text not null,
    client text not null,
    seal text not null,
    purpose text not null,
    subject text not null,
    format text not null check (format in ('pdf', 'ofd')),
    source_digest text not null,
    file_digest text not null,
    file_bytes bigint not null,
    statement text not null,
    seal_signature text not null,
    signed_at bigint not null,
    stamped_at bigint not null,
    primary key (agency, id)
);
