-- name: certificate_stock_add
insert into certificate_stock (agency, stock_number, state, certificate_number, account, reason, changed_at)
values ($1, $2, 'unused', '', $3, '', $4)
on conflict (agency, stock_number) do nothing returning stock_number;

-- name: certificate_stock_find
select stock_number, state, certificate_number, account, reason, changed_at
  from certificate_stock where agency = $1 and stock_number = $2;

-- name: certificate_stock_change
-- $3: the state it was seen in.
update certificate_stock set state = $4, certificate_number = $5, account = $6, reason = $7, changed_at = $8
 where agency = $1 and stock_number = $2 and state = $3 returning stock_number;

-- name: certificate_stock_of_certificate
select stock_number, state, certificate_number, account, reason, changed_at
  from certificate_stock where agency = $1 and certificate_number = $2 order by changed_at, stock_number limit 100;

-- name: certificate_stock_in_state
select stock_number, state, certificate_number, account, reason, changed_at
  from certificate_stock where agency = $1 and state = $2 order by stock_number limit $3;
