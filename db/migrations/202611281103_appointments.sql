-- Appointments at halls.

-- table appointments: tenant — one seat of a slot taken by a person; free seats have no row, so none is given twice
create table appointments (
    agency integer not null,
    day text not null,
    slot text not null,
    seat integer not null,
    id text not null,
    person text not null,
    name text not null,
    phone_masked text not null,
    booked_at bigint not null,
    primary key (agency, day, slot, seat),
    unique (agency, day, person),
    unique (agency, id)
);

-- table own_appointments: tenant — the same as the person sees them; agency is the province, rows come by messages
create table own_appointments (
    agency integer not null,
    person text not null,
    id text not null,
    hall integer not null,
    day text not null,
    slot text not null,
    state text not null check (state in ('booked', 'cancelled')),
    changed_at bigint not null,
    primary key (agency, person, id)
);
create index own_appointments_by_day on own_appointments (agency, person, day, slot);
