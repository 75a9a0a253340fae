-- Short messages waiting to be sent.

-- table notices: tenant — the queue of short messages and what became of them; phones and texts are sealed
create table notices (
    agency integer not null,
    id text not null,
    kind text not null,
    about text not null,
    phone_sealed text not null,
    text_sealed text not null,
    state text not null check (state in ('waiting', 'sent', 'failed')),
    attempts integer not null,
    due_at bigint not null,
    leased_until bigint not null,
    queued_at bigint not null,
    sent_at bigint not null,
    primary key (agency, id)
);

create index notices_due on notices (agency, state, due_at);
