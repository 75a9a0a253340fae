-- name: bill_add
insert into bills (agency, id, case_number, payer, state, amount_fen, lines, issued_at, gateway_reference)
values ($1, $2, $3, $4, 'due', $5, $6, $7, '');

-- name: bill_of_case
-- Due before paid before void; the youngest of each.
select id, case_number, payer, state, amount_fen, lines, issued_at, paid_at, gateway_reference,
       (select refund_due_at from payments where agency = $1 and bill_id = bills.id and outcome = 'settled'),
       (select number from receipts where agency = $1 and bill_id = bills.id),
       (select reversal_number from receipts where agency = $1 and bill_id = bills.id),
       (select state from refunds where agency = $1 and reference = bills.gateway_reference)
  from bills where agency = $1 and case_number = $2
 order by case state when 'due' then 0 when 'paid' then 1 else 2 end, issued_at desc, id desc limit 1;

-- name: bill_get
select id, case_number, payer, state, amount_fen, lines, issued_at, paid_at, gateway_reference,
       (select refund_due_at from payments where agency = $1 and bill_id = bills.id and outcome = 'settled'),
       (select number from receipts where agency = $1 and bill_id = bills.id),
       (select reversal_number from receipts where agency = $1 and bill_id = bills.id),
       (select state from refunds where agency = $1 and reference = bills.gateway_reference)
  from bills where agency = $1 and id = $2;

-- name: bill_void
update bills set state = 'void' where agency = $1 and case_number = $2 and state = 'due';

-- name: bill_pay
update bills set state = 'paid', paid_at = $3, gateway_reference = $4
 where agency = $1 and id = $2 and state = 'due' returning id;

-- name: payment_order_open
select id, bill_id, case_number, amount_fen, state, created_at, expires_at
  from payment_orders where agency = $1 and bill_id = $2 and state = 'open';

-- name: payment_order_get
select id, bill_id, case_number, amount_fen, state, created_at, expires_at
  from payment_orders where agency = $1 and id = $2;

-- name: payment_order_add
insert into payment_orders (agency, id, bill_id, case_number, amount_fen, state, created_at, expires_at)
values ($1, $2, $3, $4, $5, 'open', $6, $7);

-- name: payment_order_set_state
update payment_orders set state = $3 where agency = $1 and id = $2;

-- name: payment_order_expire_open
-- The bill is settled or void: nobody shall be led to another payment.
update payment_orders set state = 'expired' where agency = $1 and bill_id = $2 and state = 'open';

-- name: payment_find
select outcome from payments where agency = $1 and reference = $2;

-- name: payment_add
insert into payments (agency, reference, order_id, bill_id, case_number, amount_fen, outcome, paid_at, received_at, cause)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: payment_refund
update payments set refund_due_at = $3
 where agency = $1 and bill_id = $2 and outcome = 'settled' and refund_due_at is null
returning reference, order_id, amount_fen, cause;

-- name: payments_to_refund
-- What settled its bill is listed when the case ended without an entry; nothing that was given back.
select reference, order_id, case_number, amount_fen, outcome, paid_at from payments
 where agency = $1 and (outcome <> 'settled' or refund_due_at is not null)
   and not exists (select 1 from refunds where refunds.agency = $1 and refunds.reference = payments.reference
                    and refunds.state in ('done', 'by_hand'))
 order by received_at, reference limit $2;

-- name: payments_balance
-- Law of the books: what settled bills equals what bills say was paid.
select (select coalesce(sum(amount_fen), 0) from payments where agency = $1 and outcome = 'settled'),
       (select coalesce(sum(amount_fen), 0) from bills where agency = $1 and state = 'paid');
