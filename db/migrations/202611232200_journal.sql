-- The journal of every registry and the answers to commands.

-- table journal_events: tenant — every act, hash-linked per registry; only ever inserted
create table journal_events (
    agency integer not null,
    seq bigint not null,
    aggregate text not null,
    aggregate_id text not null,
    version bigint not null,
    type text not null,
    body text not null,
    actor text not null,
    at bigint not null,
    prev_hash text not null,
    hash text not null,
    primary key (agency, seq),
    unique (agency, aggregate, aggregate_id, version)
);

-- table journal_heads: tenant — the end of each registry's chain; its row is what the lane writes in every act
create table journal_heads (
    agency integer not null,
    seq bigint not null,
    hash text not null,
    primary key (agency)
);

-- table commands: tenant — stored answers by account and Idempotency-Key; a repeated call is answered, not done again;
-- the body is sealed, it may show people's data
create table commands (
    agency integer not null,
    key text not null,
    account text not null,
    body_digest text not null,
    status integer not null,
    headers text not null,
    body text not null,
    at bigint not null,
    primary key (agency, account, key)
);

create index commands_by_age on commands (agency, at);
