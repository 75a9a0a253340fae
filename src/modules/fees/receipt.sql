-- name: receipt_count
insert into receipt_counters (agency, year, last) values ($1, $2, 1)
on conflict (agency, year) do update set last = receipt_counters.last + 1 returning last;

-- name: receipt_add
insert into receipts (agency, number, bill_id, case_number, payer, amount_fen, state, issued_at, reversal_number)
values ($1, $2, $3, $4, $5, $6, 'issued', $7, '');

-- name: receipt_reverse
update receipts set state = 'reversed', reversed_at = $4, reversal_number = $3
 where agency = $1 and bill_id = $2 and state = 'issued' returning number;
