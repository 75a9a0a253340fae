-- Following a case by its number and a code sent to the phone of a party.

-- table tracking_codes: tenant — the last code sent to a phone of a case; digests only, used once, few attempts
create table tracking_codes (
    agency integer not null,
    case_number text not null,
    phone_digest text not null,
    party text not null,
    code_digest text not null,
    expires_at bigint not null,
    attempts_left integer not null,
    sent_at bigint not null,
    window_started_at bigint not null,
    sent_in_window integer not null,
    primary key (agency, case_number, phone_digest)
);
