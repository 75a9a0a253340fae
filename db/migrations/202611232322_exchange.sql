-- Messages between registries.

-- table exchange_outbox: tenant — messages of a registry, written in the transaction of the act they tell of; state
-- waiting until the receiver has taken them
create table exchange_outbox (
    agency integer not null,
    id text not null,
    recipient integer not null,
    kind text not null,
    body text not null,
    digest text not null,
    signature text not null,
    sent_at bigint not null,
    state text not null check (state in ('waiting', 'delivered')),
    attempts integer not null,
    next_at bigint not null,
    leased_until bigint not null,
    reason text not null,
    delivered_at bigint not null,
    primary key (agency, id)
);
create index exchange_outbox_due on exchange_outbox (state, next_at, agency);

-- table exchange_inbox: tenant — messages a registry has taken; a message that comes again finds its row and does nothing
create table exchange_inbox (
    agency integer not null,
    sender integer not null,
    id text not null,
    kind text not null,
    digest text not null,
    received_at bigint not null,
    primary key (agency, sender, id)
);
