-- The journal of each registry as a transparency log: Merkle tree, checkpoints, and what other registries witnessed.
-- Digests only: no personal data.

-- table log_heads: tenant — how far the journal of a registry is sealed, when witnesses were asked last, and the lease of
-- the worker that seals
create table log_heads (
    agency integer not null,
    size bigint not null,
    root text not null,
    sealed_at bigint not null,
    asked_size bigint not null,
    asked_at bigint not null,
    leased_until bigint not null,
    primary key (agency)
);

-- table log_tiles: tenant — the tree in pieces of 256 hashes (hex); a full tile never changes
create table log_tiles (
    agency integer not null,
    level integer not null,
    tile bigint not null,
    hashes text not null,
    primary key (agency, level, tile)
);

-- table log_checkpoints: tenant — every checkpoint that was signed, as a signed note; only ever inserted
create table log_checkpoints (
    agency integer not null,
    size bigint not null,
    at bigint not null,
    note text not null,
    primary key (agency, size)
);

-- table log_cosignatures: tenant — lines by which other registries witnessed a checkpoint of this one
create table log_cosignatures (
    agency integer not null,
    size bigint not null,
    witness integer not null,
    at bigint not null,
    line text not null,
    primary key (agency, size, witness)
);

-- table log_witnesses: tenant — how far each witness has followed the log of this registry, as it said itself
create table log_witnesses (
    agency integer not null,
    witness integer not null,
    size bigint not null,
    at bigint not null,
    primary key (agency, witness)
);

-- table log_followed: tenant — what this registry, as a witness, saw last of another registry's log
create table log_followed (
    agency integer not null,
    log integer not null,
    size bigint not null,
    note text not null,
    at bigint not null,
    primary key (agency, log)
);

-- table log_alarms: tenant — what this registry, as a witness, was shown and did not sign, beside what it had seen before:
-- together they prove a fork or a rollback of the other registry's log
create table log_alarms (
    agency integer not null,
    log integer not null,
    id text not null,
    kind text not null check (kind in ('fork', 'rollback', 'inconsistent', 'bad_signature')),
    size bigint not null,
    note text not null,
    seen_note text not null,
    at bigint not null,
    primary key (agency, log, id)
);
