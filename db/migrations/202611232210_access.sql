-- Accounts of staff, where their login leads, and open sessions.

-- table logins: reference — which registry and account a login name belongs to
create table logins (
    login text not null primary key,
    agency integer not null,
    account_id text not null
);

-- table accounts: tenant — the staff of a registry and their duties
create table accounts (
    agency integer not null,
    account_id text not null,
    login text not null,
    name text not null,
    password text not null,
    duties text not null,
    active integer not null check (active in (0, 1)),
    created_at bigint not null,
    primary key (agency, account_id),
    unique (agency, login)
);

-- table sessions: tenant — who is signed in; the key is the digest of a token that only the browser has
create table sessions (
    agency integer not null,
    token_digest text not null,
    kind text not null check (kind in ('staff', 'applicant')),
    account_id text not null,
    name text not null,
    case_number text not null,
    party text not null,
    opened_at bigint not null,
    seen_at bigint not null,
    ends_at bigint not null,
    primary key (agency, token_digest)
);

create index sessions_by_end on sessions (agency, ends_at);
