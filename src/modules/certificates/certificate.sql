-- name: certificate_next_serial
insert into certificate_counters (agency, year, kind, last) values ($1, $2, $3, 1)
on conflict (agency, year, kind) do update set last = certificate_counters.last + 1
returning last;

-- name: certificate_add
insert into certificates (agency, number, identifier, code, kind, case_number, state, issuer_name, proved_right, holder,
                          obligor, location, unit_number, other, notes, registered_at, digest, leased_until, attempts,
                          last_fault)
values ($1, $2, $3, $4, 'proof', $5, 'preparing', $6, $7, $8, $9, $10, $11, $12, $13, $14, '', 0, 0, '');

-- name: certificate_of_case
select number, identifier, code, case_number, state, issuer_name, proved_right, holder, obligor, location, unit_number,
       other, notes, registered_at, issued_at, digest
  from certificates where agency = $1 and case_number = $2;

-- name: certificate_by_number
select number, identifier, code, case_number, state, issuer_name, proved_right, holder, obligor, location, unit_number,
       other, notes, registered_at, issued_at, digest
  from certificates where agency = $1 and number = $2;

-- name: certificate_by_identifier
select number, identifier, code, case_number, state, issuer_name, proved_right, holder, obligor, location, unit_number,
       other, notes, registered_at, issued_at, digest
  from certificates where agency = $1 and identifier = $2;

-- name: certificate_by_file
select number, identifier, code, case_number, state, issuer_name, proved_right, holder, obligor, location, unit_number,
       other, notes, registered_at, issued_at, digest
  from certificates where agency = $1 and digest = $2;

-- name: report_certificates_preparing
-- Which registries have files to make now, over all of them; the work itself names its registry.
select agency, number from certificates
 where state = 'preparing' and leased_until <= $1 order by registered_at, agency, number limit $2;

-- name: certificate_lease
-- One worker at a time makes a file; when it dies, the lease runs out.
update certificates set leased_until = $4, attempts = attempts + 1
 where agency = $1 and number = $2 and state = 'preparing' and leased_until <= $3
returning number, identifier, code, case_number, state, issuer_name, proved_right, holder, obligor, location,
          unit_number, other, notes, registered_at, issued_at, digest;

-- name: certificate_issue
update certificates set state = 'issued', digest = $3, issued_at = $4, last_fault = ''
 where agency = $1 and number = $2 and state = 'preparing' returning number;

-- name: certificate_note_fault
update certificates set last_fault = $3, leased_until = $4
 where agency = $1 and number = $2 and state = 'preparing';

-- name: certificate_void
update certificates set state = 'void' where agency = $1 and number = $2 and state = 'issued' returning number;

-- name: certificate_faults
-- What does not become a file although it was tried, for the operator.
select number, last_fault, attempts from certificates
 where agency = $1 and state = 'preparing' and last_fault <> '' order by registered_at, number limit $2;
