-- The register book for all families of items: units with their land term and administrative locks, versions of rights,
-- pre-notices, objections, rights to use, seizures before the title exists, numbers that persons had before.
-- Tables whose checks or keys change are made anew because SQLite cannot change them.

alter table register_units add column placeholder integer not null default 0 check (placeholder in (0, 1));
alter table register_units add column term_until_on text not null default '';
alter table register_units add column lock_document text not null default '';
alter table register_units add column locked_by text not null default '';
alter table register_units add column locked_at bigint not null default 0;
-- The units of a parcel: the first 19 characters name it.
create index register_units_of_parcel on register_units (agency, substr(unit_number, 1, 19));

alter table register_ownerships add column registrar text not null default '';
alter table register_ownerships add column end_reason text not null default '';
create index register_ownerships_by_number on register_ownerships (agency, number_digest) where status = 1;

-- table register_former_numbers: tenant — numbers that a holder had before (H13, H14), so that the register is found by them too
create table register_former_numbers (
    agency integer not null,
    unit_number text not null,
    former_digest text not null,
    digest text not null,
    case_number text not null,
    changed_at bigint not null,
    primary key (agency, former_digest, unit_number, digest),
    foreign key (agency, unit_number) references register_units (agency, unit_number)
);
create index register_former_numbers_of_unit on register_former_numbers (agency, unit_number);

drop index register_mortgages_of_unit;
drop index register_mortgages_of_case;
alter table register_mortgages rename to register_mortgages_before;

-- table register_mortgages: tenant — mortgage entries 抵押权; priority is the order (民法典 414), priority_at since when it counts;
-- holders is JSON of RightHolder. An altered or assigned mortgage is a new row, the old one becomes history (status 2)
create table register_mortgages (
    agency integer not null,
    id text not null,
    unit_number text not null,
    status integer not null check (status in (0, 1, 2, 3)),
    priority bigint not null check (priority > 0),
    kind text not null check (kind in ('general', 'maximum')),
    construction integer not null check (construction in (0, 1)),
    holders text not null,
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
    priority_at bigint not null,
    ended_at bigint,
    end_reason text not null,
    primary key (agency, id),
    foreign key (agency, unit_number) references register_units (agency, unit_number)
);

insert into register_mortgages (agency, id, unit_number, status, priority, kind, construction, holders, mortgagor,
                                secured_amount_fen, term_from, term_to, scope_text, contract_number, transfer_ban,
                                certificate_number, case_number, registrar, registered_at, priority_at, ended_at, end_reason)
select agency, id, unit_number, status, priority, kind, 0,
       '[{"name":"' || replace(replace(mortgagee, '\', '\\'), '"', '\"') || '","document_type":"","number_masked":"' ||
       replace(replace(mortgagee_number_masked, '\', '\\'), '"', '\"') || '","number_sealed":"' || mortgagee_number_sealed ||
       '","number_digest":"' || mortgagee_number_digest || '"}]',
       mortgagor, secured_amount_fen, term_from, term_to, scope_text, contract_number, transfer_ban, certificate_number,
       case_number, registrar, registered_at, registered_at, ended_at, end_reason
  from register_mortgages_before;
drop table register_mortgages_before;

create index register_mortgages_of_unit on register_mortgages (agency, unit_number);
create unique index register_mortgages_by_certificate on register_mortgages (agency, certificate_number) where status = 1;
-- The last line of defence against entering one case twice.
create unique index register_mortgages_of_case on register_mortgages (agency, case_number, unit_number)
 where case_number <> '' and status = 1;

-- table register_encumbrances: tenant — what others hold on a unit beside mortgages: pre-notices 预告, objections 异议, residence
-- rights 居住权, easements 地役权; holders is JSON of RightHolder; matter: what is doubted, or the range of the right, or the scope
create table register_encumbrances (
    agency integer not null,
    id text not null,
    unit_number text not null,
    status integer not null check (status in (0, 1, 2, 3)),
    kind text not null check (kind in ('sale_notice', 'mortgage_notice', 'objection', 'residence_right', 'easement')),
    holders text not null,
    obligor text not null,
    matter text not null,
    contract_number text not null,
    from_on text not null,
    until_on text not null,
    amount_fen bigint not null check (amount_fen >= 0),
    presale integer not null check (presale in (0, 1)),
    maximum integer not null check (maximum in (0, 1)),
    certificate_number text not null,
    case_number text not null,
    registrar text not null,
    registered_at bigint not null,
    ended_at bigint,
    end_reason text not null,
    primary key (agency, id),
    foreign key (agency, unit_number) references register_units (agency, unit_number)
);
create index register_encumbrances_of_unit on register_encumbrances (agency, unit_number);
create unique index register_encumbrances_of_case on register_encumbrances (agency, case_number, unit_number, kind)
 where case_number <> '' and status = 1;

alter table register_seizures rename to register_seizures_before;

-- table register_seizures: tenant — 查封 with the minute of delivery and the sequence within it, which decide their order and the
-- race with an entry; pre_seizure 预查封 before the title exists
create table register_seizures (
    agency integer not null,
    id text not null,
    unit_number text not null,
    status integer not null check (status in (0, 1, 2, 3)),
    kind text not null check (kind in ('seizure', 'waiting', 'pre_seizure', 'waiting_pre_seizure')),
    organ text not null,
    document_number text not null,
    delivered_at bigint not null,
    sequence bigint not null,
    until_on text not null,
    ended_at bigint,
    end_document text not null,
    primary key (agency, id),
    unique (agency, unit_number, document_number),
    foreign key (agency, unit_number) references register_units (agency, unit_number)
);
insert into register_seizures (agency, id, unit_number, status, kind, organ, document_number, delivered_at, sequence, until_on,
                               ended_at, end_document)
select agency, id, unit_number, status, kind, organ, document_number, delivered_at,
       row_number() over (partition by agency, unit_number order by delivered_at, id), until_on, ended_at, end_document
  from register_seizures_before;
drop table register_seizures_before;
