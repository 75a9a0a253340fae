-- name: case_load
select version, body from cases where agency = $1 and number = $2;

-- name: case_by_collection
select cases.version, cases.body
  from case_parts join cases on cases.agency = case_parts.agency and cases.number = case_parts.case_number
 where case_parts.agency = $1 and cases.agency = $1 and case_parts.collection_id = $2;

-- name: case_insert
insert into cases (agency, number, version, state, queue, queue_at, item, collecting, collection_id, collection_number,
                   unit_number, location, parties, catalog_version, judged, acceptor, due_on, filed_at, changed_at,
                   body, sheet, waiting_since, clock, calendar, claimed_by, claimed_name, claimed_at, workers)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
        $25, $26, $27, $28);

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
       waiting_since = $18, clock = $19, calendar = $20, claimed_by = $21, claimed_name = $22, claimed_at = $23, workers = $24
 where agency = $1 and number = $2 and version = $3
returning version;

-- name: case_sheet
select version, state, item, unit_number, catalog_version, judged, acceptor, sheet,
       (select count(*) from cases other
         where other.agency = cases.agency and other.unit_number = cases.unit_number and cases.unit_number <> ''
           and other.number <> cases.number and other.queue not in ('none', 'done')),
       waiting_since, clock, claimed_by, workers, filed_at
  from cases where agency = $1 and number = $2;

-- name: case_others_on_unit
select count(*) from cases
 where agency = $1 and unit_number = $2 and number <> $3 and queue not in ('none', 'done');

-- name: inbox_list
-- Open work only, which has an index of its own. The filters are those of inbox_count: counts and lists agree.
select number, state, item, collection_number, collecting, unit_number, location, parties, due_on, filed_at, changed_at,
       queue_at, waiting_since, queue, version, claimed_by, claimed_name, claimed_at
  from cases
 where agency = $1 and queue = $2 and queue not in ('none', 'done') and (queue_at, number) > ($3, $4)
   and ($5 = '*' or claimed_by = $5) and ($6 = '' or item = $6) and ($7 = 0 or collecting = $7)
   and ($8 = 1 or (queue <> 'suspended' and ((due_on >= $9 and due_on <= $10)
                                             or (waiting_since >= $11 and waiting_since <= $12))))
 order by queue_at, number limit $13;

-- name: inbox_done
-- Nobody has a finished case and no answer is owed on it: those columns lie behind the papers and are not read.
select number, state, item, collection_number, collecting, unit_number, location, parties, due_on, filed_at, changed_at,
       queue_at, 0, 'done', version, '', '', 0
  from cases
 where agency = $1 and queue = 'done' and (queue_at, number) < ($2, $3)
 order by queue_at desc, number desc limit $4;

-- name: inbox_done_of_item
select number, state, item, collection_number, collecting, unit_number, location, parties, due_on, filed_at, changed_at,
       queue_at, 0, 'done', version, '', '', 0
  from cases
 where agency = $1 and queue = 'done' and item = $2 and (queue_at, number) < ($3, $4)
 order by queue_at desc, number desc limit $5;

-- name: inbox_done_from
select number, state, item, collection_number, collecting, unit_number, location, parties, due_on, filed_at, changed_at,
       queue_at, 0, 'done', version, '', '', 0
  from cases
 where agency = $1 and queue = 'done' and collecting = $2 and ($3 = '' or item = $3) and (queue_at, number) < ($4, $5)
 order by queue_at desc, number desc limit $6;

-- name: inbox_claimed
select number, state, item, collection_number, collecting, unit_number, location, parties, due_on, filed_at, changed_at,
       queue_at, waiting_since, queue, version, claimed_by, claimed_name, claimed_at
  from cases
 where agency = $1 and claimed_by = $2 and claimed_by <> '' and (queue_at, number) > ($3, $4)
   and ($5 = '' or item = $5) and ($6 = 0 or collecting = $6)
   and ($7 = 1 or (queue <> 'suspended' and ((due_on >= $8 and due_on <= $9)
                                             or (waiting_since >= $10 and waiting_since <= $11))))
 order by queue_at, number limit $12;

-- name: inbox_count
select queue, count(*) filter (where $3 = '*' or claimed_by = $3), count(*) filter (where claimed_by = $2)
  from cases
 where agency = $1 and queue not in ('none', 'done')
   and ($4 = '' or item = $4) and ($5 = 0 or collecting = $5)
   and ($6 = 1 or (queue <> 'suspended' and ((due_on >= $7 and due_on <= $8)
                                             or (waiting_since >= $9 and waiting_since <= $10))))
 group by queue;

-- name: case_search_number
select number, state, item, collection_number, collecting, unit_number, location, parties, due_on, filed_at, changed_at,
       queue_at, waiting_since, queue, version, claimed_by, claimed_name, claimed_at
  from cases where agency = $1 and number = $2 limit $3;

-- name: case_search_unit
select number, state, item, collection_number, collecting, unit_number, location, parties, due_on, filed_at, changed_at,
       queue_at, waiting_since, queue, version, claimed_by, claimed_name, claimed_at
  from cases where agency = $1 and unit_number = $2 order by queue_at desc, number desc limit $3;

-- name: case_search_name
-- The whole name finds every case; a part of one finds open work.
select number, state, item, collection_number, collecting, unit_number, location, parties, due_on, filed_at, changed_at,
       queue_at, waiting_since, queue, version, claimed_by, claimed_name, claimed_at
  from cases
 where agency = $1
   and number in (select case_number from case_names where agency = $1 and name = $2
                   union
                  select open.number from cases open
                   where open.agency = $1 and open.queue in ('collecting', 'acceptance', 'review', 'payment',
                                                             'registration', 'supplement', 'suspended')
                     and open.parties like $3 escape '\')
 order by queue_at desc, number desc limit $4;

-- name: case_names_clear
delete from case_names where agency = $1 and case_number = $2;

-- name: case_name_add
insert into case_names (agency, case_number, name) values ($1, $2, $3) on conflict do nothing;

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

-- name: desk_loads
select claimed_by, queue, count(*), count(*) filter (where queue_at <= $2), count(*) filter (where queue_at <= $3),
       count(*) filter (where queue <> 'suspended' and ((due_on >= $4 and due_on <= $5)
                                                        or (waiting_since >= $6 and waiting_since <= $7))),
       count(*) filter (where queue <> 'suspended' and ((due_on >= $8 and due_on <= $9)
                                                        or (waiting_since >= $10 and waiting_since <= $11))),
       count(*) filter (where waiting_since >= $6 and waiting_since <= $7), min(queue_at)
  from cases
 where agency = $1 and queue not in ('none', 'done')
 group by claimed_by, queue order by claimed_by, queue;

-- name: case_return_sources
select moment, code, item, collecting, count(*) from case_returns where agency = $1 and at >= $2 and at < $3
 group by moment, code, item, collecting order by count(*) desc, moment, code, item, collecting limit 1000;

-- name: rule_request_add
insert into rule_requests (agency, case_number, version, position, moment, code, item, wording, asked_by, at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: rule_requests_of
select case_number, moment, code, item, wording, asked_by, at from rule_requests where agency = $1
 order by at desc, case_number, version, position limit $2;
