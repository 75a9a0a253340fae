-- name: evidence_receipts
-- Messages of one kind that were written then: ids are in the order of time, the window of ids finds them.
select id, recipient, body, digest, signature, sent_at from exchange_outbox
 where agency = $1 and id >= $2 and id < $3 and kind = $4 and sent_at = $5
 order by id limit 50;

-- name: evidence_statement
select note from evidence_statements where agency = $1 and number = $2;

-- name: evidence_statement_save
insert into evidence_statements (agency, number, note, at) values ($1, $2, $3, $4)
on conflict (agency, number) do update set note = excluded.note, at = excluded.at;
