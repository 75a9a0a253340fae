-- name: power_load
select version, body from standing_powers where agency = $1 and number = $2;

-- name: power_insert
insert into standing_powers (agency, number, version, state, principal_code, until, changed_at, body)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: power_save
-- No row back means that the version is not the one that was loaded.
update standing_powers set version = $4, state = $5, until = $6, changed_at = $7, body = $8
 where agency = $1 and number = $2 and version = $3
returning version;

-- name: power_list
-- Newest number first.
select body from standing_powers
 where agency = $1 and number < $2 and ($3 = '' or state = $3)
 order by number desc limit $4;

-- name: power_numbers_after
-- For checks of the stored data: in pages.
select number from standing_powers where agency = $1 and number > $2 order by number limit 500;

-- name: power_next
insert into standing_power_counters (agency, year, last) values ($1, $2, 1)
on conflict (agency, year) do update set last = standing_power_counters.last + 1
returning last;

-- name: power_use_note
insert into standing_power_uses (agency, number, home, collection_id, used_at) values ($1, $2, $3, $4, $5)
on conflict (agency, number, home, collection_id) do nothing;

-- name: power_uses
-- Who is to be told of a revocation.
select home, collection_id from standing_power_uses
 where agency = $1 and number = $2 and used_at > $3
 order by home, collection_id limit 100000;
