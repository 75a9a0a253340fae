-- name: collection_load
select version, body from collections where agency = $1 and id = $2;

-- name: collection_insert
insert into collections (agency, id, number, version, state, home, case_number, case_state, item, parties, clerk,
                         opened_at, changed_at, body)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: collection_save
-- No row back means that the version is not the one that was loaded.
update collections
   set version = $4, state = $5, case_number = $6, case_state = $7, parties = $8, changed_at = $9, body = $10
 where agency = $1 and id = $2 and version = $3
returning version;

-- name: collection_list
select id, number, case_number, state, case_state, home, item, parties, opened_at, changed_at
  from collections
 where agency = $1 and (opened_at, id) < ($2, $3)
 order by opened_at desc, id desc limit $4;

-- name: collection_list_in_state
select id, number, case_number, state, case_state, home, item, parties, opened_at, changed_at
  from collections
 where agency = $1 and state = $2 and (opened_at, id) < ($3, $4)
 order by opened_at desc, id desc limit $5;

-- name: collection_next_number
insert into collection_counters (agency, day, last) values ($1, $2, 1)
on conflict (agency, day) do update set last = collection_counters.last + 1
returning last;

-- name: collection_ids_after
-- For checks of the stored data: in pages.
select id from collections where agency = $1 and id > $2 order by id limit 500;
