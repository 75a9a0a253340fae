-- Title certificates beside proofs, several for one case, how they end, numbers set aside and printed blanks. The table of
-- certificates is made anew because SQLite cannot change a check or drop a unique key.

drop index certificates_preparing;
drop index certificates_by_file;
alter table certificates rename to certificates_before;

-- table certificates: tenant — 不动产权证书 and 不动产登记证明: all that is printed on them, so that a worker can make the file again
-- after a crash; digest is SM3 of the signed file in the object store. state is about the file, standing about the right to
-- use it: superseded by a successor, or void
create table certificates (
    agency integer not null,
    number text not null,
    identifier text not null,
    code text not null,
    kind text not null check (kind in ('proof', 'title')),
    year integer not null,
    serial_number bigint not null check (serial_number > 0),
    case_number text not null,
    state text not null check (state in ('preparing', 'issued')),
    standing text not null check (standing in ('valid', 'superseded', 'void')),
    standing_reason text not null,
    standing_at bigint not null,
    successor text not null,
    issuer_name text not null,
    proved_right text not null,
    holder text not null,
    obligor text not null,
    co_ownership text not null,
    location text not null,
    unit_number text not null,
    right_nature text not null,
    use_name text not null,
    area text not null,
    term text not null,
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
    unique (agency, kind, year, serial_number)
);

-- Until now a number ended with seven digits and 号, and began with 鲁(2026).
insert into certificates (agency, number, identifier, code, kind, year, serial_number, case_number, state, standing, standing_reason,
                          standing_at, successor, issuer_name, proved_right, holder, obligor, co_ownership, location,
                          unit_number, right_nature, use_name, area, term, other, notes, registered_at, issued_at, digest,
                          leased_until, attempts, last_fault)
select agency, number, identifier, code, kind, cast(substr(number, 3, 4) as integer),
       cast(substr(number, length(number) - 7, 7) as bigint), case_number,
       case when state = 'void' then 'issued' else state end, case when state = 'void' then 'void' else 'valid' end,
       case when state = 'void' then '注销' else '' end, 0, '', issuer_name, proved_right, holder, obligor, '', location,
       unit_number, '', '', '', '', other, notes, registered_at, issued_at, digest, leased_until, attempts, last_fault
  from certificates_before;
drop table certificates_before;

create index certificates_preparing on certificates (state, leased_until);
create index certificates_by_file on certificates (agency, digest);
create index certificates_of_case on certificates (agency, case_number);

-- table certificate_numbers_set_aside: tenant — numbers without a certificate and why: reserved 预留号, void 废号; used once taken
create table certificate_numbers_set_aside (
    agency integer not null,
    kind text not null check (kind in ('proof', 'title')),
    year integer not null,
    serial_number bigint not null,
    state text not null check (state in ('reserved', 'void', 'used')),
    reason text not null,
    account text not null,
    changed_at bigint not null,
    primary key (agency, kind, year, serial_number)
);

-- table certificate_stock: tenant — printed blanks 印刷序列号 and where each is (domain.md 2.3); one certificate may have spoiled several
create table certificate_stock (
    agency integer not null,
    stock_number text not null,
    state text not null check (state in ('unused', 'drawn', 'printed', 'used', 'void', 'lost', 'destroyed')),
    certificate_number text not null,
    account text not null,
    reason text not null,
    changed_at bigint not null,
    primary key (agency, stock_number)
);
create unique index certificate_stock_in_use on certificate_stock (agency, certificate_number) where state in ('printed', 'used');
