-- Standing powers of attorney 常设委托: filed once, cited by number (domain.md 1.9).

-- table standing_powers: tenant — one per power, its whole state and the columns that lists need; never deleted
create table standing_powers (
    agency integer not null,
    number text not null,
    version bigint not null,
    state text not null check (state in ('filed', 'in_force', 'rejected', 'revoked')),
    principal_code text not null,
    until text not null,
    changed_at bigint not null,
    body text not null,
    primary key (agency, number)
);

-- table standing_power_counters: tenant — last serial of a registry and year
create table standing_power_counters (
    agency integer not null,
    year integer not null,
    last bigint not null,
    primary key (agency, year)
);

-- table standing_power_uses: tenant — collections that were filed under a power, so that their home registries hear of its revocation
create table standing_power_uses (
    agency integer not null,
    number text not null,
    home integer not null,
    collection_id text not null,
    used_at bigint not null,
    primary key (agency, number, home, collection_id),
    foreign key (agency, number) references standing_powers (agency, number)
);
