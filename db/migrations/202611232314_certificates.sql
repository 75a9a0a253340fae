-- Electronic certificates and their numbers.

-- table certificate_counters: tenant — the last serial of a year and kind; certificate numbers have no unexplained gap
create table certificate_counters (
    agency integer not null,
    year integer not null,
    kind text not null,
    last bigint not null,
    primary key (agency, year, kind)
);

-- table certificates: tenant — 不动产登记证明: all that is printed on it, so that a worker can make the file again after a
-- crash; digest is SM3 of the signed file in the object store
create table certificates (
    agency integer not null,
    number text not null,
    identifier text not null,
    code text not null,
    kind text not null check (kind in ('proof')),
    case_number text not null,
    state text not null check (state in ('preparing', 'issued', 'void')),
    issuer_name text not null,
    proved_right text not null,
    holder text not null,
    obligor text not null,
    location text not null,
    unit_number text not null,
    other text not null,
    notes text not null,
    registered_at bigint not null,
    issued_at bigint,
    digest text not null,
    leased_until bigint not null,
    attempts integer not null,
    last_fault text not null,
    primary key (agency, number),
    unique (agency, identifier),
    unique (agency, case_number)
);
create index certificates_preparing on certificates (state, leased_until);
create index certificates_by_file on certificates (agency, digest);
