-- What becomes of money that settled nothing, or whose case ended without an entry (domain.md 4.3; H42, H43, H46).

-- Why a payment settled nothing: paid_twice, void_bill (given back by themselves), late, wrong_amount (people decide).
alter table payments add column cause text not null default '';
create index payments_by_day on payments (agency, paid_at);

-- table refunds: tenant — money on its way back to the account it came from; one per payment, never deleted
create table refunds (
    agency integer not null,
    id text not null,
    version bigint not null,
    reference text not null,
    order_id text not null,
    case_number text not null,
    amount_fen bigint not null check (amount_fen > 0),
    cause text not null check (cause in ('ended', 'paid_twice', 'void_bill', 'late', 'wrong_amount')),
    state text not null check (state in ('requested', 'sent', 'done', 'refused', 'by_hand')),
    requested_at bigint not null,
    requested_by text not null,
    ask_at bigint not null,
    attempts integer not null,
    finished_at bigint,
    gateway_reference text not null,
    message text not null,
    primary key (agency, id),
    foreign key (agency, reference) references payments (agency, reference)
);
create unique index refunds_one_per_payment on refunds (agency, reference);
create index refunds_in_order on refunds (agency, requested_at, id);
create index refunds_to_ask on refunds (ask_at) where state in ('requested', 'sent');
create index refunds_by_day on refunds (agency, finished_at) where state = 'done';

-- table receipts: tenant — fiscal receipts 财政电子票据 of paid bills; one that was given back is reversed 冲红, never deleted
create table receipts (
    agency integer not null,
    number text not null,
    bill_id text not null,
    case_number text not null,
    payer text not null,
    amount_fen bigint not null,
    state text not null check (state in ('issued', 'reversed')),
    issued_at bigint not null,
    reversed_at bigint,
    reversal_number text not null,
    primary key (agency, number),
    foreign key (agency, bill_id) references bills (agency, id)
);
create unique index receipts_one_per_bill on receipts (agency, bill_id);

-- table receipt_counters: tenant — last receipt number of a registry and year
create table receipt_counters (
    agency integer not null,
    year integer not null,
    last bigint not null,
    primary key (agency, year)
);
