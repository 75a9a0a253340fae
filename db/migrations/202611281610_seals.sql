-- The electronic seals of registries: who asked for one, who allowed it, when it was made and ended, and every use.

-- table seals: tenant — a registry's seals 登记专用章, 异地代收专用章; keys and pictures are not here but with the ring of seals
create table seals (
    agency integer not null,
    id text not null,
    version bigint not null,
    kind text not null check (kind in ('registration', 'collection')),
    name text not null,
    state text not null check (state in ('requested', 'approved', 'issued', 'refused', 'retired')),
    reason text not null,
    requested_by text not null,
    requested_at bigint not null,
    decided_by text not null,
    decided_at bigint not null,
    es_id text not null,
    valid_from bigint not null,
    valid_until bigint not null,
    ended_by text not null,
    ended_at bigint not null,
    ended_reason text not null,
    primary key (agency, id)
);
-- At most one of a kind is in force: two would leave open which one a document must show.
create unique index seals_in_force on seals (agency, kind) where state = 'issued';

-- table seal_uses: tenant — what each seal was put on: by whom, in which duty, for which purpose
create table seal_uses (
    agency integer not null,
    seal text not null,
    serial_number bigint not null,
    account text not null,
    duty text not null,
    purpose text not null,
    subject text not null,
    used_at bigint not null,
    primary key (agency, seal, serial_number)
);
