-- name: journal_head
select seq, hash from journal_heads where agency = $1;

-- name: journal_head_lock
-- An update, because both engines have it and it locks the row: for a registry without a chain it makes the head of an
-- empty one ($2 is the hash before the first event).
insert into journal_heads (agency, seq, hash) values ($1, 0, $2)
on conflict (agency) do update set seq = journal_heads.seq
returning seq, hash;

-- name: journal_head_save
update journal_heads set seq = $2, hash = $3 where agency = $1;

-- name: journal_event_add
insert into journal_events (agency, seq, aggregate, aggregate_id, version, type, body, actor, at, prev_hash, hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: journal_events_of
select seq, version, type, body, actor, at, prev_hash, hash
  from journal_events
 where agency = $1 and aggregate = $2 and aggregate_id = $3
 order by version;

-- name: journal_page
select seq, aggregate, aggregate_id, version, type, body, actor, at, prev_hash, hash
  from journal_events
 where agency = $1 and seq > $2
 order by seq
 limit $3;

-- name: report_journal_agencies
select agency from journal_heads order by agency;
