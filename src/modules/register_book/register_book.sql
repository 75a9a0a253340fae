-- name: register_unit_find
select version, status, location, use_class, use_name, area, right_type, right_nature, structure, locked, lock_reason
  from register_units where agency = $1 and unit_number = $2;

-- name: register_unit_lock
-- An update, because both engines have it and it locks the row until the commit: what is read of the unit afterwards is
-- what the entry stands on, whoever else writes. Changes nothing.
update register_units set version = version where agency = $1 and unit_number = $2 returning version;

-- name: register_unit_add
insert into register_units (agency, unit_number, version, status, location, use_class, use_name, area, right_type,
                            right_nature, structure, locked, lock_reason, created_at, changed_at)
values ($1, $2, 0, 1, $3, $4, $5, $6, $7, $8, $9, 0, '', $10, $10)
on conflict (agency, unit_number) do nothing
returning version;

-- name: register_unit_touch
-- Every change of the unit or its rights goes through here, so that what was reviewed can be told from what is.
update register_units set version = version + 1, changed_at = $3
 where agency = $1 and unit_number = $2 returning version;

-- name: register_ownerships_current
select name, number_masked, number_sealed, number_digest, share, certificate_number, registered_at
  from register_ownerships where agency = $1 and unit_number = $2 and status = 1 order by registered_at, id;

-- name: register_ownership_add
insert into register_ownerships (agency, id, unit_number, status, name, document_type, number_masked, number_sealed,
                                 number_digest, share, certificate_number, case_number, registered_at)
values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: register_mortgages_of
-- Current and terminated ones: history is part of the picture.
select id, priority, status, mortgagee, secured_amount_fen, transfer_ban, certificate_number, case_number, registrar,
       registered_at
  from register_mortgages where agency = $1 and unit_number = $2 and status in (1, 3)
 order by registered_at, priority, id limit 200;

-- name: register_mortgage_add
insert into register_mortgages (agency, id, unit_number, status, priority, kind, mortgagee, mortgagee_number_masked,
                                mortgagee_number_sealed, mortgagee_number_digest, mortgagor, secured_amount_fen,
                                term_from, term_to, scope_text, contract_number, transfer_ban, certificate_number,
                                case_number, registrar, registered_at, end_reason)
values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, '');

-- name: register_mortgage_end
update register_mortgages set status = 3, ended_at = $3, end_reason = $4
 where agency = $1 and id = $2 and status = 1 returning unit_number;

-- name: register_seizures_in_force
select organ, document_number, kind, delivered_at, until_on
  from register_seizures where agency = $1 and unit_number = $2 and status = 1
 order by delivered_at, id limit 200;

-- name: register_seizure_add
-- The same document again changes nothing.
insert into register_seizures (agency, id, unit_number, status, kind, organ, document_number, delivered_at, until_on,
                               end_document)
values ($1, $2, $3, 1, $4, $5, $6, $7, $8, '')
on conflict (agency, unit_number, document_number) do nothing returning id;

-- name: register_seizure_lift
update register_seizures set status = 3, ended_at = $4, end_document = $5
 where agency = $1 and unit_number = $2 and document_number = $3 and status = 1 returning id;

-- name: register_seizure_first_waiting
select id from register_seizures where agency = $1 and unit_number = $2 and status = 1 and kind = 'waiting'
 order by delivered_at, id limit 1;

-- name: register_seizure_take_effect
update register_seizures set kind = 'seizure' where agency = $1 and id = $2;

-- name: register_seizure_active_count
select count(*) from register_seizures
 where agency = $1 and unit_number = $2 and status = 1 and kind = 'seizure';

