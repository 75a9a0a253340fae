-- name: refund_add
insert into refunds (agency, id, version, reference, order_id, case_number, amount_fen, cause, state, requested_at,
                     requested_by, ask_at, attempts, gateway_reference, message)
values ($1, $2, 1, $3, $4, $5, $6, $7, 'requested', $8, $9, $8, 0, '', $10);

-- name: refund_get
select id, version, reference, order_id, case_number, amount_fen, cause, state, requested_at, requested_by, ask_at,
       attempts, finished_at, gateway_reference, message
  from refunds where agency = $1 and id = $2;

-- name: refund_of_payment
select id from refunds where agency = $1 and reference = $2;

-- name: refund_set
update refunds set version = version + 1, state = $4, ask_at = $5, attempts = $6, finished_at = $7,
       gateway_reference = $8, message = $9
 where agency = $1 and id = $2 and version = $3 returning version;

-- name: refunds_page
-- The youngest first; $2, $3: the last one of the page before.
select id, version, reference, order_id, case_number, amount_fen, cause, state, requested_at, requested_by, ask_at,
       attempts, finished_at, gateway_reference, message
  from refunds
 where agency = $1 and (requested_at, id) < ($2, $3) and ($4 = '' or state = $4)
 order by requested_at desc, id desc limit $5;

-- name: report_refunds_to_ask
-- Of all registries: the worker goes on with each in its own lane.
select agency, id from refunds where state in ('requested', 'sent') and ask_at <= $1 order by ask_at, id limit $2;

-- name: refunds_of_day
select reference, order_id, amount_fen, finished_at from refunds
 where agency = $1 and state = 'done' and finished_at >= $2 and finished_at < $3 order by reference limit 100000;

-- name: payments_of_day
select reference, order_id, amount_fen, paid_at from payments
 where agency = $1 and paid_at >= $2 and paid_at < $3 order by reference limit 100000;

-- name: payments_unmatched
-- Money that settled nothing and that people decide about.
select reference, order_id, case_number, amount_fen, cause, paid_at, received_at from payments
 where agency = $1 and outcome <> 'settled' and cause in ('late', 'wrong_amount')
   and not exists (select 1 from refunds where refunds.agency = $1 and refunds.reference = payments.reference)
   and (received_at, reference) > ($2, $3)
 order by received_at, reference limit $4;

-- name: payment_get
select reference, order_id, bill_id, case_number, amount_fen, outcome, cause, paid_at from payments
 where agency = $1 and reference = $2;

-- name: payment_match
update payments set outcome = 'settled' where agency = $1 and reference = $2 and outcome = 'surplus' returning reference;

-- name: money_balance
-- Law of the books: what came in is settled, given back, or waiting to be given back or decided about.
select (select coalesce(sum(amount_fen), 0) from payments where agency = $1),
       (select coalesce(sum(bills.amount_fen), 0) from bills where bills.agency = $1 and bills.state = 'paid'
           and not exists (select 1 from refunds
                            where refunds.agency = $1 and refunds.reference = bills.gateway_reference)),
       (select coalesce(sum(amount_fen), 0) from refunds where agency = $1 and state in ('done', 'by_hand')),
       (select coalesce(sum(amount_fen), 0) from refunds where agency = $1 and state in ('requested', 'sent', 'refused')),
       (select coalesce(sum(payments.amount_fen), 0) from payments where payments.agency = $1 and outcome <> 'settled'
           and not exists (select 1 from refunds
                            where refunds.agency = $1 and refunds.reference = payments.reference));
