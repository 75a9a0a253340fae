-- Our books against the gateway's statement, day by day (domain.md 4.3).

-- table reconciliations: tenant — one comparison per registry and Chinese day; comparing again replaces the sums
create table reconciliations (
    agency integer not null,
    day text not null,
    matched bigint not null,
    ours_fen bigint not null,
    theirs_fen bigint not null,
    ran_at bigint not null,
    ran_by text not null,
    primary key (agency, day)
);

-- table reconciliation_items: tenant — what did not agree; goes when a later comparison agrees, stays once it is resolved
create table reconciliation_items (
    agency integer not null,
    day text not null,
    kind text not null check (kind in ('payment', 'refund')),
    reference text not null,
    order_id text not null,
    verdict text not null check (verdict in ('only_ours', 'only_theirs', 'amounts_differ')),
    ours_fen bigint,
    theirs_fen bigint,
    at bigint not null,
    resolution text not null check (resolution in ('', 'explained', 'booked')),
    reason text not null,
    resolved_by text not null,
    resolved_at bigint,
    primary key (agency, day, kind, reference),
    foreign key (agency, day) references reconciliations (agency, day)
);
create index reconciliation_items_open on reconciliation_items (agency, day) where resolution = '';
