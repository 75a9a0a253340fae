-- name: case_claims_on_unit
-- Who applies already, with the number and state of the case once it is there.
select claim.party_digest, claim.collection_id, claim.collection_number, claim.collecting, claim.claimed_at,
       coalesce(cases.number, ''), coalesce(cases.state, '')
  from case_claims claim
  left join case_parts on case_parts.agency = $1 and case_parts.collection_id = claim.collection_id
  left join cases on cases.agency = $1 and cases.number = case_parts.case_number
 where claim.agency = $1 and claim.unit_number = $2 and claim.item = $3
 order by claim.claimed_at, claim.collection_id, claim.party_digest limit 500;

-- name: case_claim_add
insert into case_claims (agency, unit_number, item, party_digest, collection_id, collection_number, collecting, claimed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (agency, unit_number, item, party_digest, collection_id) do nothing;

-- name: case_claims_drop
delete from case_claims where agency = $1 and collection_id = $2;
