-- name: register_unit_find
select version, status, location, use_class, use_name, area, right_type, right_nature, structure, placeholder, term_until_on,
       locked, lock_reason, lock_document, locked_by, locked_at
  from register_units where agency = $1 and unit_number = $2;

-- name: register_unit_lock
-- An update, because both engines have it and it locks the row until the commit: what is read of the unit afterwards is
-- what the entry stands on, whoever else writes. Changes nothing.
update register_units set version = version where agency = $1 and unit_number = $2 returning version;

-- name: register_unit_add
insert into register_units (agency, unit_number, version, status, location, use_class, use_name, area, right_type,
                            right_nature, structure, locked, lock_reason, created_at, changed_at, placeholder, term_until_on)
values ($1, $2, 0, 1, $3, $4, $5, $6, $7, $8, $9, 0, '', $10, $10, $11, $12)
on conflict (agency, unit_number) do nothing
returning version;

-- name: register_unit_touch
-- Every change of the unit or its rights goes through here, so that what was reviewed can be told from what is.
update register_units set version = version + 1, changed_at = $3
 where agency = $1 and unit_number = $2 returning version;

-- name: register_unit_set_lock
update register_units set locked = $3, lock_reason = $4, lock_document = $5, locked_by = $6, locked_at = $7
 where agency = $1 and unit_number = $2 and locked <> $3 returning version;

-- name: register_unit_readdress
update register_units set location = $3 where agency = $1 and unit_number = $2;

-- name: register_unit_link
-- The cadastral link is made: the unit is no placeholder any more.
update register_units set placeholder = 0 where agency = $1 and unit_number = $2 and placeholder = 1 returning version;

-- name: register_units_on_parcel
-- $2: the first 19 characters. Buildings and flats, not the parcel itself.
select unit_number from register_units
 where agency = $1 and substr(unit_number, 1, 19) = $2 and substr(unit_number, 20, 1) <> 'W' order by unit_number;

-- name: register_units_of_number
-- By a number that the owner has or had before.
select unit_number from register_ownerships where agency = $1 and number_digest = $2 and status = 1
 union
select f.unit_number
  from register_former_numbers f
  join register_ownerships o on o.agency = f.agency and o.unit_number = f.unit_number and o.number_digest = f.digest
 where f.agency = $1 and f.former_digest = $2 and o.status = 1
 order by 1 limit $3;

-- name: register_rights_of
-- Everything that stands on a unit, in one statement whatever there is: 1 ownerships, 2 mortgages, 3 encumbrances,
-- 4 seizures (also those on the parcel, $3), 5 former numbers. The meaning of a … g and n1 … n4 is in register_book.cc.
-- Versions that became history (status 2) are found through the journal and the case.
select 1 as section, id, status, document_type as kind, name as a, number_masked as b, number_sealed as c,
       number_digest as d, share as e, '' as f, '' as g, certificate_number, case_number, registrar, end_reason,
       registered_at, 0 as ended_at, registered_at as sort_at, 0 as n1, 0 as n2, 0 as n3, 0 as n4
  from register_ownerships where agency = $1 and unit_number = $2 and status = 1
 union all
select * from (
select 2, id, status, kind, holders, mortgagor, scope_text, contract_number, term_from, term_to, '', certificate_number,
       case_number, registrar, end_reason, registered_at, coalesce(ended_at, 0), priority_at, priority, secured_amount_fen,
       transfer_ban, construction
  from register_mortgages where agency = $1 and unit_number = $2 and status in (1, 3)
 order by status, registered_at, id limit 200) as mortgages
 union all
select * from (
select 3, id, status, kind, holders, obligor, matter, contract_number, from_on, until_on, '', certificate_number,
       case_number, registrar, end_reason, registered_at, coalesce(ended_at, 0), registered_at, 0, amount_fen, presale,
       maximum
  from register_encumbrances where agency = $1 and unit_number = $2 and status in (1, 3)
 order by status, registered_at, id limit 200) as encumbrances
 union all
select * from (
select 4, id, status, kind, organ, unit_number, document_number, until_on, '', '', '', '', '', '', '', delivered_at, 0,
       delivered_at / 60000, sequence, 0, 0, 0
  from register_seizures where agency = $1 and unit_number in ($2, $3) and status = 1
 order by delivered_at, id limit 200) as seizures
 union all
select 5, '', 1, '', former_digest, digest, '', '', '', '', '', '', '', '', '', changed_at, 0, changed_at, 0, 0, 0, 0
  from register_former_numbers where agency = $1 and unit_number = $2
 order by 1, 18, 19, 2;

-- name: register_ownership_add
insert into register_ownerships (agency, id, unit_number, status, name, document_type, number_masked, number_sealed,
                                 number_digest, share, certificate_number, case_number, registrar, registered_at)
values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: register_ownership_end
update register_ownerships set status = 2, ended_at = $3, end_reason = $4
 where agency = $1 and id = $2 and status = 1;

-- name: register_former_number_add
insert into register_former_numbers (agency, unit_number, former_digest, digest, case_number, changed_at)
values ($1, $2, $3, $4, $5, $6)
on conflict (agency, former_digest, unit_number, digest) do nothing;

-- name: register_former_number_follow
-- Numbers from before the last one lead to the newest too.
insert into register_former_numbers (agency, unit_number, former_digest, digest, case_number, changed_at)
select agency, unit_number, former_digest, $4, case_number, changed_at
  from register_former_numbers where agency = $1 and unit_number = $2 and digest = $3 and former_digest <> $4
on conflict (agency, former_digest, unit_number, digest) do nothing;

-- name: register_mortgage_add
insert into register_mortgages (agency, id, unit_number, status, priority, kind, construction, holders, mortgagor,
                                secured_amount_fen, term_from, term_to, scope_text, contract_number, transfer_ban,
                                certificate_number, case_number, registrar, registered_at, priority_at, end_reason)
values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, '');

-- name: register_mortgage_end
-- $5: 3 it came to its end, 2 a new version takes its place.
update register_mortgages set status = $5, ended_at = $3, end_reason = $4
 where agency = $1 and id = $2 and status = 1 returning unit_number;

-- name: register_mortgages_move_back
-- An older right enters before them.
update register_mortgages set priority = priority + 1
 where agency = $1 and unit_number = $2 and status = 1 and priority >= $3;

-- name: register_encumbrance_add
insert into register_encumbrances (agency, id, unit_number, status, kind, holders, obligor, matter, contract_number,
                                   from_on, until_on, amount_fen, presale, maximum, certificate_number, case_number,
                                   registrar, registered_at, end_reason)
values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, '');

-- name: register_encumbrance_end
-- $5: 3 it came to its end, 2 a new version takes its place.
update register_encumbrances set status = $5, ended_at = $3, end_reason = $4
 where agency = $1 and id = $2 and status = 1 returning unit_number, kind;

-- name: register_seizure_add
-- The same document again changes nothing.
insert into register_seizures (agency, id, unit_number, status, kind, organ, document_number, delivered_at, sequence,
                               until_on, end_document)
values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, '')
on conflict (agency, unit_number, document_number) do nothing returning id;

-- name: register_seizure_lift
update register_seizures set status = 3, ended_at = $4, end_document = $5
 where agency = $1 and unit_number = $2 and document_number = $3 and status = 1 returning id;

-- name: register_seizure_first
-- The one that counts: by the minute of delivery, then in the order of entry (H33).
select document_number, kind from register_seizures where agency = $1 and unit_number = $2 and status = 1
 order by delivered_at / 60000, sequence limit 1;

-- name: register_seizure_take_effect
-- The named one counts, every other one of the unit waits.
update register_seizures
   set kind = case when kind in ('seizure', 'waiting') then case when document_number = $3 then 'seizure' else 'waiting' end
                   when document_number = $3 then 'pre_seizure' else 'waiting_pre_seizure' end
 where agency = $1 and unit_number = $2 and status = 1;
