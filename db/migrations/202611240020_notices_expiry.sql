-- Messages that are worth nothing after a while (codes) expire instead of arriving stale, and the worker finds what is
-- due without reading what waits for later. The table is made anew because SQLite cannot change a check.
drop index notices_waiting;
alter table notices rename to notices_before;

-- table notices: tenant — the queue of short messages and what became of them; phones and texts are sealed
create table notices (
    agency integer not null,
    id text not null,
    kind text not null,
    about text not null,
    phone_sealed text not null,
    text_sealed text not null,
    state text not null check (state in ('waiting', 'sent', 'failed', 'expired')),
    attempts integer not null,
    due_at bigint not null,
    leased_until bigint not null,
    queued_at bigint not null,
    sent_at bigint not null,
    expires_at bigint not null,
    primary key (agency, id)
);

insert into notices (agency, id, kind, about, phone_sealed, text_sealed, state, attempts, due_at, leased_until, queued_at,
                     sent_at, expires_at)
select agency, id, kind, about, phone_sealed, text_sealed, state, attempts, due_at, leased_until, queued_at, sent_at,
       case when kind = 'tracking_code' then queued_at + 600000 else 0 end
  from notices_before;
drop table notices_before;

create index notices_waiting on notices (agency, due_at, leased_until) where state = 'waiting';
create index notices_due on notices (due_at, leased_until, agency) where state = 'waiting';
