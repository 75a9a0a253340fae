-- name: certificate_next_serial
insert into certificate_counters (agency, year, kind, last) values ($1, $2, $3, 1)
on conflict (agency, year, kind) do update set last = certificate_counters.last + 1
returning last;

-- name: certificate_number_take
-- A number that was reserved for this.
update certificate_numbers_set_aside set state = 'used', changed_at = $5
 where agency = $1 and kind = $2 and year = $3 and serial_number = $4 and state = 'reserved' returning serial_number;

-- name: certificate_number_set_aside
insert into certificate_numbers_set_aside (agency, kind, year, serial_number, state, reason, account, changed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: certificate_numbers_set_aside_of
select serial_number, state, reason, account, changed_at from certificate_numbers_set_aside
 where agency = $1 and kind = $2 and year = $3 order by serial_number;

-- name: certificate_holes
-- Between the serials before and after each hole there is no certificate; after the last one comes the counter.
select before_number, serial_number from (
    select serial_number, lag(serial_number) over (order by serial_number) as before_number from (
        select 0 as serial_number
         union all
        select serial_number from certificates where agency = $1 and kind = $2 and year = $3
         union all
        select last + 1 from certificate_counters where agency = $1 and kind = $2 and year = $3) as used
     ) as steps
 where serial_number - before_number > 1 order by serial_number;

-- name: certificate_add
insert into certificates (agency, number, identifier, code, kind, year, serial_number, case_number, state, standing,
                          standing_reason, standing_at, successor, issuer_name, proved_right, holder, obligor,
                          co_ownership, location, unit_number, right_nature, use_name, area, term, other, notes,
                          registered_at, digest, leased_until, attempts, last_fault)
values ($1, $2, $3, $4, $5, $6, $7, $8, 'preparing', 'valid', '', 0, '', $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
        $19, $20, $21, $22, '', 0, 0, '');

-- name: certificate_of_case
select number, identifier, code, case_number, state, issuer_name, proved_right, holder, obligor, location, unit_number,
       other, notes, registered_at, issued_at, digest, kind, standing, standing_reason, standing_at, successor,
       co_ownership, right_nature, use_name, area, term
  from certificates where agency = $1 and case_number = $2 order by kind, year, serial_number;

-- name: certificates_unfinished_of_case
select count(*) from certificates where agency = $1 and case_number = $2 and state = 'preparing';

-- name: certificate_by_number
select number, identifier, code, case_number, state, issuer_name, proved_right, holder, obligor, location, unit_number,
       other, notes, registered_at, issued_at, digest, kind, standing, standing_reason, standing_at, successor,
       co_ownership, right_nature, use_name, area, term
  from certificates where agency = $1 and number = $2;

-- name: certificate_by_identifier
select number, identifier, code, case_number, state, issuer_name, proved_right, holder, obligor, location, unit_number,
       other, notes, registered_at, issued_at, digest, kind, standing, standing_reason, standing_at, successor,
       co_ownership, right_nature, use_name, area, term
  from certificates where agency = $1 and identifier = $2;

-- name: certificate_by_file
-- Whichever of its files it is, earlier versions too.
select number, identifier, code, case_number, state, issuer_name, proved_right, holder, obligor, location, unit_number,
       other, notes, registered_at, issued_at, digest, kind, standing, standing_reason, standing_at, successor,
       co_ownership, right_nature, use_name, area, term
  from certificates
 where agency = $1 and number = (select number from certificate_files where agency = $1 and digest = $2);

-- name: certificate_file_add
insert into certificate_files (agency, number, format, version, digest, made_at, stamped_at, stamp_due)
values ($1, $2, $3,
        (select coalesce(max(version), 0) + 1 from certificate_files where agency = $1 and number = $2 and format = $3),
        $4, $5, $6, $7);

-- name: certificate_file_latest
select digest from certificate_files where agency = $1 and number = $2 and format = $3 order by version desc limit 1;

-- name: report_certificate_files_to_stamp
-- Which registries have files whose signature waits for a time stamp, over all of them.
select agency, number, digest from certificate_files where stamp_due > 0 and stamp_due <= $1
 order by stamp_due, agency, number limit $2;

-- name: certificate_file_stamp_try
-- One worker at a time tries; when it dies or no authority answers, the next try is at $4.
update certificate_files set stamp_due = $4 where agency = $1 and digest = $2 and stamp_due > 0 and stamp_due <= $3
returning number;

-- name: certificate_file_stamped
update certificate_files set stamp_due = 0 where agency = $1 and digest = $2 and stamp_due > 0 returning number;

-- name: certificate_show_file
update certificates set digest = $3 where agency = $1 and number = $2;

-- name: report_certificates_preparing
-- Which registries have files to make now, over all of them; the work itself names its registry.
select agency, number from certificates
 where state = 'preparing' and leased_until <= $1 order by registered_at, agency, number limit $2;

-- name: certificate_lease
-- One worker at a time makes a file; when it dies, the lease runs out.
update certificates set leased_until = $4, attempts = attempts + 1
 where agency = $1 and number = $2 and state = 'preparing' and leased_until <= $3
returning number, identifier, code, case_number, state, issuer_name, proved_right, holder, obligor, location, unit_number,
       other, notes, registered_at, issued_at, digest, kind, standing, standing_reason, standing_at, successor,
       co_ownership, right_nature, use_name, area, term;

-- name: certificate_issue
update certificates set state = 'issued', digest = $3, issued_at = $4, last_fault = ''
 where agency = $1 and number = $2 and state = 'preparing' returning number;

-- name: certificate_note_fault
update certificates set last_fault = $3, leased_until = $4
 where agency = $1 and number = $2 and state = 'preparing';

-- name: certificate_end
update certificates set standing = $3, standing_reason = $4, successor = $5, standing_at = $6
 where agency = $1 and number = $2 and standing = 'valid' returning number;

-- name: certificate_faults
-- What does not become a file although it was tried, for the operator.
select number, last_fault, attempts from certificates
 where agency = $1 and state = 'preparing' and last_fault <> '' order by registered_at, number limit $2;
