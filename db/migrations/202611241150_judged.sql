-- What the rules need of a case beside the register: facts of its dossier and digests of its applicants, as JSON.
alter table cases add column catalog_version text not null default '';
alter table cases rename column mortgagor_digests to judged;
