-- name: case_of_certificate
select case_number from certificates where agency = $1 and number = $2;
