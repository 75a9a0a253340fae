-- Certificates in two formats, and stamps that may come later than the file.

-- table certificate_files: tenant — every file ever made of a certificate: SM3 of its bytes, and since when its signature has a
-- time stamp (0: none). A stamp makes a new version; earlier ones stay verifiable. stamp_due: when to try for a stamp, 0: never
create table certificate_files (
    agency integer not null,
    number text not null,
    format text not null check (format in ('pdf', 'ofd')),
    version bigint not null,
    digest text not null,
    made_at bigint not null,
    stamped_at bigint not null,
    stamp_due bigint not null,
    primary key (agency, number, format, version),
    unique (agency, digest)
);
create index certificate_files_to_stamp on certificate_files (stamp_due);

insert into certificate_files (agency, number, format, version, digest, made_at, stamped_at, stamp_due)
select agency, number, 'pdf', 1, digest, coalesce(issued_at, 0), 0, 0 from certificates where digest <> '';

drop index certificates_by_file;
