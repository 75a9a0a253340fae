-- The register book 登记簿 of each registry. Rights are ended, never deleted: status 0 provisional, 1 current, 2 history,
-- 3 terminated (权属状态, domain.md 2.3). Names in clear, identity numbers sealed with a keyed digest beside them.

-- table register_units: tenant — one row per unit 不动产单元; version changes with every change of the unit or its rights
create table register_units (
    agency integer not null,
    unit_number text not null,
    version bigint not null,
    status integer not null check (status in (0, 1, 2, 3)),
    location text not null,
    use_class text not null check (use_class in ('home', 'other')),
    use_name text not null,
    area text not null,
    right_type text not null,
    right_nature text not null,
    structure text not null,
    locked integer not null check (locked in (0, 1)),
    lock_reason text not null,
    created_at bigint not null,
    changed_at bigint not null,
    primary key (agency, unit_number)
);

-- table register_ownerships: tenant — who owns a unit, with share and title certificate
create table register_ownerships (
    agency integer not null,
    id text not null,
    unit_number text not null,
    status integer not null check (status in (0, 1, 2, 3)),
    name text not null,
    document_type text not null,
    number_masked text not null,
    number_sealed text not null,
    number_digest text not null,
    share text not null,
    certificate_number text not null,
    case_number text not null,
    registered_at bigint not null,
    ended_at bigint,
    primary key (agency, id),
    foreign key (agency, unit_number) references register_units (agency, unit_number)
);
create index register_ownerships_of_unit on register_ownerships (agency, unit_number);

-- table register_mortgages: tenant — mortgage entries 抵押权; priority is the order by time of entry (民法典 414)
create table register_mortgages (
    agency integer not null,
    id text not null,
    unit_number text not null,
    status integer not null check (status in (0, 1, 2, 3)),
    priority bigint not null check (priority > 0),
    kind text not null check (kind in ('general', 'maximum')),
    mortgagee text not null,
    mortgagee_number_masked text not null,
    mortgagee_number_sealed text not null,
    mortgagee_number_digest text not null,
    mortgagor text not null,
    secured_amount_fen bigint not null check (secured_amount_fen > 0),
    term_from text not null,
    term_to text not null,
    scope_text text not null,
    contract_number text not null,
    transfer_ban integer not null check (transfer_ban in (0, 1)),
    certificate_number text not null,
    case_number text not null,
    registrar text not null,
    registered_at bigint not null,
    ended_at bigint,
    end_reason text not null,
    primary key (agency, id),
    unique (agency, certificate_number),
    foreign key (agency, unit_number) references register_units (agency, unit_number)
);
create index register_mortgages_of_unit on register_mortgages (agency, unit_number);
-- The last line of defence against entering one case twice.
create unique index register_mortgages_of_case on register_mortgages (agency, case_number, unit_number)
 where case_number <> '';

-- table register_seizures: tenant — 查封 with the minute of delivery, which decides the race with an entry
create table register_seizures (
    agency integer not null,
    id text not null,
    unit_number text not null,
    status integer not null check (status in (0, 1, 2, 3)),
    kind text not null check (kind in ('seizure', 'waiting')),
    organ text not null,
    document_number text not null,
    delivered_at bigint not null,
    until_on text not null,
    ended_at bigint,
    end_document text not null,
    primary key (agency, id),
    unique (agency, unit_number, document_number),
    foreign key (agency, unit_number) references register_units (agency, unit_number)
);
