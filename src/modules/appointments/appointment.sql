-- name: appointment_seats
select seat from appointments where agency = $1 and day = $2 and slot = $3 order by seat limit 200;

-- name: appointment_taken
-- Seats taken by slot, of one day.
select slot, count(*) from appointments where agency = $1 and day = $2 group by slot order by slot;

-- name: appointment_take
-- No row back: another node took the seat, or the person has a booking of that day.
insert into appointments (agency, day, slot, seat, id, person, name, phone_masked, booked_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict do nothing
returning id;

-- name: appointment_of_day
select id, slot from appointments where agency = $1 and day = $2 and person = $3;

-- name: appointment_get
select day, slot, person from appointments where agency = $1 and id = $2;

-- name: appointment_give_back
delete from appointments where agency = $1 and id = $2;

-- name: appointment_list
select slot, seat, name, phone_masked, booked_at from appointments where agency = $1 and day = $2 order by slot, seat limit 2000;

-- name: own_appointment_put
insert into own_appointments (agency, person, id, hall, day, slot, state, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (agency, person, id) do update set state = $7, changed_at = $8
 where own_appointments.state = 'booked';

-- name: own_appointment_list
select id, hall, day, slot, state from own_appointments where agency = $1 and person = $2 order by day desc, slot desc limit 20;

-- name: own_appointment_open
select count(*) from own_appointments where agency = $1 and person = $2 and state = 'booked' and day >= $3;
