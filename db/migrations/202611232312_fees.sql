-- Bills, payment orders and the money that arrived. Money is integer fen.

-- table bills: tenant — what a case owes; at most one per case that is not void
create table bills (
    agency integer not null,
    id text not null,
    case_number text not null,
    payer text not null,
    state text not null check (state in ('due', 'paid', 'void')),
    amount_fen bigint not null check (amount_fen >= 0),
    lines text not null,
    issued_at bigint not null,
    paid_at bigint,
    gateway_reference text not null,
    primary key (agency, id)
);
create index bills_of_case on bills (agency, case_number);
create unique index bills_one_in_force on bills (agency, case_number) where state <> 'void';

-- table payment_orders: tenant — orders at the payment gateway; at most one open per bill
create table payment_orders (
    agency integer not null,
    id text not null,
    bill_id text not null,
    case_number text not null,
    amount_fen bigint not null check (amount_fen > 0),
    state text not null check (state in ('open', 'paid', 'expired')),
    created_at bigint not null,
    expires_at bigint not null,
    primary key (agency, id),
    foreign key (agency, bill_id) references bills (agency, id)
);
create unique index payment_orders_one_open on payment_orders (agency, bill_id) where state = 'open';

-- table payments: tenant — every payment the gateway told us of, once per its reference; never deleted.
-- settled: it paid the bill; surplus: the bill was paid or void already; wrong_amount: it is not what was ordered.
-- The last two wait for refund 退付 by people.
create table payments (
    agency integer not null,
    reference text not null,
    order_id text not null,
    bill_id text not null,
    case_number text not null,
    amount_fen bigint not null,
    outcome text not null check (outcome in ('settled', 'surplus', 'wrong_amount')),
    paid_at bigint not null,
    received_at bigint not null,
    primary key (agency, reference),
    foreign key (agency, order_id) references payment_orders (agency, id)
);
create unique index payments_one_settles on payments (agency, bill_id) where outcome = 'settled';
