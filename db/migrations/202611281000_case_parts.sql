-- One case, several visits: which visits a case has, the codes that let others join, and who already applies for what.

-- table case_parts: tenant — every visit (collection) of a case of this registry
create table case_parts (
    agency integer not null,
    collection_id text not null,
    case_number text not null,
    collecting integer not null,
    primary key (agency, collection_id)
);
create index case_parts_by_case on case_parts (agency, case_number);
insert into case_parts (agency, collection_id, case_number, collecting)
select agency, collection_id, number, collecting from cases;

-- Cases that wait for parties at other places, by their last day.
create index cases_collecting on cases (agency, due_on, number) where queue = 'collecting';

-- table case_codes: tenant — the code 核验码 of a party that may still join the case; digest only, few attempts
create table case_codes (
    agency integer not null,
    case_number text not null,
    party text not null,
    code_digest text not null,
    last_day text not null,
    attempts_left integer not null,
    made_at bigint not null,
    primary key (agency, case_number, party)
);

-- table case_claims: tenant — who applies for an item on a unit, from the window's first question until the case ends
create table case_claims (
    agency integer not null,
    unit_number text not null,
    item text not null,
    party_digest text not null,
    collection_id text not null,
    collection_number text not null,
    collecting integer not null,
    claimed_at bigint not null,
    primary key (agency, unit_number, item, party_digest, collection_id)
);
create index case_claims_by_collection on case_claims (agency, collection_id);
