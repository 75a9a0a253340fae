-- name: case_load
select version, body from cases where agency = $1 and number = $2;

-- name: case_by_collection
select cases.version, cases.body
  from case_parts join cases on cases.agency = case_parts.agency and cases.number = case_parts.case_number
 where case_parts.agency = $1 and cases.agency = $1 and case_parts.collection_id = $2;

-- name: case_insert
insert into cases (agency, number, version, state, queue, queue_at, item, collecting, collection_id, collection_number,
                   unit_number, location, parties, catalog_version, judged, acceptor, due_on, filed_at, changed_at,
                   body, sheet, waiting_since, clock, calendar)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24);

-- name: case_part_add
insert into case_parts (agency, collection_id, case_number, collecting) values ($1, $2, $3, $4)
on conflict (agency, collection_id) do nothing;

-- name: case_claims_release
-- The case has ended: others may apply again.
delete from case_claims where agency = $1 and collection_id = $2;

-- name: case_codes_release
delete from case_codes where agency = $1 and case_number = $2;

-- name: case_save
-- No row back means that the version is not the one that was loaded.
update cases
   set version = $4, state = $5, queue = $6, queue_at = $7, unit_number = $8, location = $9, parties = $10,
       judged = $11, acceptor = $12, due_on = $13, filed_at = $14, changed_at = $15, body = $16, sheet = $17,
       waiting_since = $18, clock = $19, calendar = $20
 where agency = $1 and number = $2 and version = $3
returning version;

-- name: case_sheet
select version, state, item, unit_number, catalog_version, judged, acceptor, sheet,
       (select count(*) from cases other
         where other.agency = cases.agency and other.unit_number = cases.unit_number and cases.unit_number <> ''
           and other.number <> cases.number and other.queue not in ('none', 'done')),
       waiting_since, clock
  from cases where agency = $1 and number = $2;

-- name: case_others_on_unit
select count(*) from cases
 where agency = $1 and unit_number = $2 and number <> $3 and queue not in ('none', 'done');

-- name: case_queue_oldest
select number, state, item, collection_number, collecting, unit_number, location, parties, due_on, filed_at, changed_at,
       queue_at, waiting_since
  from cases
 where agency = $1 and queue = $2 and (queue_at, number) > ($3, $4)
 order by queue_at, number limit $5;

-- name: case_queue_newest
select number, state, item, collection_number, collecting, unit_number, location, parties, due_on, filed_at, changed_at,
       queue_at, waiting_since
  from cases
 where agency = $1 and queue = $2 and (queue_at, number) < ($3, $4)
 order by queue_at desc, number desc limit $5;

-- name: case_next_number
insert into case_counters (agency, day, last) values ($1, $2, 1)
on conflict (agency, day) do update set last = case_counters.last + 1
returning last;

-- name: case_numbers_after
-- For checks of the stored data: in pages.
select number from cases where agency = $1 and number > $2 order by number limit 500;

-- name: case_open_on_unit
-- What a court document about the unit concerns.
select body from cases where agency = $1 and unit_number = $2 and queue not in ('done', 'none') order by number limit 1000;

-- name: case_in_collection
-- Drafts: the home registry does not know their unit yet.
select collecting, collection_id from cases where agency = $1 and state = 'draft' and number > $2
 order by number limit 10000;

-- name: case_supplement_overdue
select number from cases where agency = $1 and queue = 'supplement' and due_on <> '' and due_on < $2 and number > $3
 order by number limit 100;

-- name: case_collecting_overdue
select number from cases where agency = $1 and queue = 'collecting' and due_on < $2 and number > $3
 order by number limit 100;

-- name: case_on_other_calendar
select number from cases where agency = $1 and calendar <> '' and calendar <> $2 and number > $3
 order by number limit 100;

-- name: case_return_add
insert into case_returns (agency, case_number, version, position, moment, code, material_line, item, collecting, at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: case_returns_count
select moment, code, count(*) from case_returns where agency = $1 and at >= $2 and at < $3
 group by moment, code order by count(*) desc, moment, code;
