-- What people have begun online themselves: drafts have no case with parties yet, so "my cases" would not show them.

-- table own_applications: tenant — a sitting online as its account sees it; agency is the province, rows come by messages
create table own_applications (
    agency integer not null,
    account text not null,
    id text not null,
    home integer not null,
    case_number text not null,
    item text not null,
    item_name text not null,
    state text not null check (state in ('open', 'pushed', 'received', 'supplement', 'closed', 'cancelled')),
    sitting_version bigint not null,
    changed_at bigint not null,
    primary key (agency, account, id)
);
create index own_applications_by_change on own_applications (agency, account, changed_at, id);
