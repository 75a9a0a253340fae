-- What people see of their cases, wherever these are handled.

-- table own_cases: tenant — a case seen by a person who takes part in it; agency is the province, rows come by messages
create table own_cases (
    agency integer not null,
    number_digest text not null,
    case_number text not null,
    home integer not null,
    party text not null,
    name text not null,
    phone_digest text not null,
    item text not null,
    item_name text not null,
    state text not null,
    turn text not null,
    stage_text text not null,
    due_on text not null,
    location_sealed text not null,
    ended integer not null check (ended in (0, 1)),
    case_version bigint not null,
    changed_at bigint not null,
    primary key (agency, number_digest, case_number)
);
create index own_cases_by_change on own_cases (agency, number_digest, changed_at, case_number);
create index own_cases_by_case on own_cases (agency, case_number);
