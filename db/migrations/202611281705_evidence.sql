-- Evidence capsules.

-- table evidence_statements: tenant — the last statement a registry signed on a case: the same capsule asked for again has the
-- same bytes, and what one party holds is signed by the same words as what another holds
create table evidence_statements (
    agency integer not null,
    number text not null,
    note text not null,
    at bigint not null,
    primary key (agency, number)
);
