-- The desk of the home registry: who has a case, lists of open work, search by name.

-- claimed_by: account of the person who has the case, '' when nobody has; claimed_name and claimed_at beside it.
alter table cases add column claimed_by text not null default '';
alter table cases add column claimed_name text not null default '';
alter table cases add column claimed_at bigint not null default 0;
-- workers: accounts that have decided something on the case, as a JSON array.
alter table cases add column workers text not null default '[]';

-- Open work lives in indexes of its own: what ten years have finished does not stand in the way. They hold what counts
-- and filters look at, so that no row with its papers is read for a number.
create index cases_open on cases (agency, queue, queue_at, number, claimed_by, claimed_name, claimed_at, item, collecting,
    due_on, waiting_since) where queue not in ('none', 'done');
create index cases_claimed on cases (agency, claimed_by, queue_at, number, queue, claimed_name, claimed_at, item,
    collecting, due_on, waiting_since) where claimed_by <> '';
-- What waits for a last day or for another calendar, in the order in which it is gone through. An index that gives an
-- order is taken before one that finds: on SQLite those statements went through every case the registry ever had.
create index cases_supplement on cases (agency, number, due_on) where queue = 'supplement';
drop index cases_collecting;
create index cases_collecting on cases (agency, number, due_on) where queue = 'collecting';
drop index cases_on_the_clock;
create index cases_on_the_clock on cases (agency, number, calendar) where calendar <> '';
drop index cases_by_unit;
create index cases_by_unit on cases (agency, unit_number, number, queue);
-- The same for what a case sheet asks of the certificates.
drop index certificates_of_case;
create index certificates_of_case on certificates (agency, case_number, kind, year, serial_number);
-- What is finished, by the filters of its list.
create index cases_done_of_item on cases (agency, item, queue_at, number) where queue = 'done';
create index cases_done_from on cases (agency, collecting, queue_at, number) where queue = 'done';

-- table case_names: tenant — who is named as a party of which case, for the search by name
create table case_names (
    agency integer not null,
    case_number text not null,
    name text not null,
    primary key (agency, case_number, name)
);
create index case_names_by_name on case_names (agency, name, case_number);

-- Where somebody of the staff sits and can be called, told to colleagues.
alter table accounts add column place text not null default '';
alter table accounts add column phone text not null default '';

-- table rule_requests: tenant — returns that rest on no rule: what the province may want to make a rule of
create table rule_requests (
    agency integer not null,
    case_number text not null,
    version bigint not null,
    position integer not null,
    moment text not null check (moment in ('supplement', 'non_acceptance', 'refusal')),
    code text not null,
    item text not null,
    wording text not null,
    asked_by text not null,
    at bigint not null,
    primary key (agency, case_number, version, position)
);
create index rule_requests_by_time on rule_requests (agency, at);

-- table case_reads: tenant — who of the staff looked into a case, a row per person, purpose and day
create table case_reads (
    agency integer not null,
    case_number text not null,
    day text not null,
    account text not null,
    purpose text not null,
    name text not null,
    duty text not null,
    times bigint not null,
    first_at bigint not null,
    last_at bigint not null,
    primary key (agency, case_number, day, account, purpose)
);
