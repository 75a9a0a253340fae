-- name: tax_of_case
select case_number, version, state, reference, amount_fen, lines, tax_date, receipt, message, pay_url, basis, asked_at,
       asked_by, refund_reference
  from tax_settlements where agency = $1 and case_number = $2;

-- name: tax_keep
insert into tax_settlements (agency, case_number, version, state, reference, amount_fen, lines, tax_date, receipt,
                             message, pay_url, basis, asked_at, asked_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
on conflict (agency, case_number) do update
   set version = excluded.version, state = excluded.state, reference = excluded.reference,
       amount_fen = excluded.amount_fen, lines = excluded.lines, tax_date = excluded.tax_date,
       receipt = excluded.receipt, message = excluded.message, pay_url = excluded.pay_url, basis = excluded.basis,
       asked_at = excluded.asked_at, asked_by = excluded.asked_by;

-- name: tax_note_refund
update tax_settlements set version = version + 1, refund_reference = $3 where agency = $1 and case_number = $2
returning version;
