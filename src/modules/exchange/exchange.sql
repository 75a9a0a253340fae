-- name: exchange_post
insert into exchange_outbox (agency, id, recipient, kind, body, digest, signature, sent_at, state, attempts, next_at,
                             leased_until, reason, delivered_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', 0, $8, 0, '', 0);

-- name: report_exchange_due
-- The only statement here over all registries: what the worker has to do.
select agency, id from exchange_outbox
 where state = 'waiting' and next_at <= $1 and leased_until <= $1
 order by next_at, agency, id limit $2;

-- name: exchange_lease
-- No row back: another worker has it, or it was delivered.
update exchange_outbox set leased_until = $4, attempts = attempts + 1
 where agency = $1 and id = $2 and state = 'waiting' and leased_until <= $3
returning recipient, kind, body, digest, signature, sent_at, attempts;

-- name: exchange_take
-- No row back: it was taken before.
insert into exchange_inbox (agency, sender, id, kind, digest, received_at) values ($1, $2, $3, $4, $5, $6)
on conflict (agency, sender, id) do nothing returning id;

-- name: exchange_delivered
update exchange_outbox set state = 'delivered', leased_until = 0, reason = '', delivered_at = $3
 where agency = $1 and id = $2;

-- name: exchange_failed
update exchange_outbox set leased_until = 0, next_at = $3, reason = $4
 where agency = $1 and id = $2 and state = 'waiting';

-- name: exchange_state
select state, attempts, next_at, reason from exchange_outbox where agency = $1 and id = $2;
