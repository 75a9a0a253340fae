-- What the tax authority answered about a case. The money is the tax office's and never in our books.

-- table tax_settlements: tenant — the last answer for each case that was declared; `basis` tells what it was given for
create table tax_settlements (
    agency integer not null,
    case_number text not null,
    version bigint not null,
    state text not null check (state in ('declared', 'assessed', 'paid', 'exempt', 'rejected')),
    reference text not null,
    amount_fen bigint not null check (amount_fen >= 0),
    lines text not null,
    tax_date text not null,
    receipt text not null,
    message text not null,
    pay_url text not null,
    basis text not null,
    asked_at bigint not null,
    asked_by text not null,
    primary key (agency, case_number)
);
