-- name: notice_add
insert into notices (agency, id, kind, about, phone_sealed, text_sealed, state, attempts, due_at, leased_until, queued_at,
                     sent_at, expires_at)
values ($1, $2, $3, $4, $5, $6, 'waiting', 0, $7, 0, $7, 0, $8);

-- name: notice_lease
-- Takes what is due and nobody else holds; who dies with it loses it at $3. The conditions stand twice because PostgreSQL
-- checks only the outer ones again when another worker was faster.
update notices set leased_until = $3
 where agency = $1 and state = 'waiting' and leased_until <= $2 and id in (
    select id from notices
     where agency = $1 and state = 'waiting' and due_at <= $2 and leased_until <= $2
     order by due_at limit $4)
returning id, kind, phone_sealed, text_sealed, attempts, expires_at;

-- name: notice_sent
update notices set state = 'sent', attempts = attempts + 1, sent_at = $3 where agency = $1 and id = $2 and state = 'waiting';

-- name: notice_failed
update notices set state = 'failed', sent_at = $3 where agency = $1 and id = $2 and state = 'waiting';

-- name: notice_expired
update notices set state = 'expired', sent_at = $3 where agency = $1 and id = $2 and state = 'waiting';

-- name: notice_later
-- Asked, without an answer.
update notices set due_at = $3, leased_until = 0, attempts = attempts + 1
 where agency = $1 and id = $2 and state = 'waiting';

-- name: notice_untried
-- Leased, but the gateway did not answer for another one: due as before.
update notices set leased_until = 0 where agency = $1 and id = $2 and state = 'waiting';

-- name: notices_about
select id, kind, state, attempts, queued_at, sent_at from notices where agency = $1 and about = $2 order by queued_at, id limit 200;

-- name: report_notice_agencies
-- For the worker's sweep: registries that have something to send now.
select distinct agency from notices where state = 'waiting' and due_at <= $1 and leased_until <= $1 order by agency;
