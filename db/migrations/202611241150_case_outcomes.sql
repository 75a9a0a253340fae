-- Deadlines of cases, and why cases are sent back.

-- waiting_since: when the package that waits for an answer came, 0 when none does. clock: the ledger of working days as
-- JSON. calendar: version of the working days that the promise was counted with; empty when the clock does not run.
alter table cases add column waiting_since bigint not null default 0;
alter table cases add column clock text not null default '[]';
alter table cases add column calendar text not null default '';
create index cases_on_the_clock on cases (agency, calendar, number) where calendar <> '';
create index cases_in_collection on cases (agency, number) where state = 'draft';

-- table case_returns: tenant — every return under its reason code (supplement, non-acceptance, refusal), to be counted
create table case_returns (
    agency integer not null,
    case_number text not null,
    version bigint not null,
    position integer not null,
    moment text not null check (moment in ('supplement', 'non_acceptance', 'refusal')),
    code text not null,
    material_line text not null,
    item text not null,
    collecting integer not null,
    at bigint not null,
    primary key (agency, case_number, version, position)
);
create index case_returns_by_time on case_returns (agency, at);
