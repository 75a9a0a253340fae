#pragma once
// Makes the evidence capsule of a case (modules/evidence/core/capsule.h): whole for the home registry, with hidden
// parts for an applicant. The same statement signs both. Streamed: pages never stand in memory. Every export is
// journaled.

#include "base/crypto.h"
#include "base/objects.h"
#include "base/stored_archive.h"
#include "base/trust.h"
#include "modules/access/core/api.h"
#include "modules/cases/core/case_store.h"
#include "modules/catalog/core/catalog.h"
#include "modules/certificates/certificate_store.h"
#include "modules/evidence/core/capsule.h"
#include "modules/journal/core/journal.h"
#include "modules/journal/log_store.h"

namespace tongban {

class EvidenceCapsule {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        IdSource& ids;
        Vault& vault;
        ObjectStore& objects;
        const StoredArchives& archives;
        Journal& journal;
        TransparencyLog& log;
        AgencySigner& signer;
        AgencyCertificates& agency_certificates;
        SignatureJudge& judge;
        CaseStore& cases;
        CertificateStore& certificates;
        const Catalog& catalog;
    };
    explicit EvidenceCapsule(Parts parts) : parts_(parts) {}

    // GET /api/v1/cases/{number}/capsule.zip for supervisors and registrars of the home registry,
    // /api/v1/public/tracked-case/capsule.zip for an applicant's own part; ?pages=no leaves the files of materials out
    // (their digests stay). capsule.not_sealed_yet within a second of the last act.
    Result<Response> download(ApiRequest& request);

    struct Made {
        std::unique_ptr<BodySource> bytes;
        std::uint64_t size = 0;
        std::size_t hidden = 0;
    };
    Result<Made> make(const Actor& actor, const std::string& number, bool with_pages);

private:
    enum class Audience { everyone, staff, party };
    struct Draft {
        std::string path;
        std::string content;
        std::string object;  // digest in the object store; then content is empty
        Audience audience = Audience::staff;
        std::string party;  // whose part it is
        std::uint64_t size = 0;
        std::uint32_t crc32 = 0;
    };
    struct Gathered {
        std::int64_t version = 0;
        std::vector<Draft> drafts;
        std::string note;  // the statement signed last; may be empty
    };

    Result<Gathered> gather(Agency agency, const std::string& number);
    Result<void> add_events(Sql& sql, Agency agency, const std::string& number, Gathered& all,
                            std::vector<CapsuleEvent>& events);
    void add_extracts(const std::vector<CapsuleEvent>& events, Gathered& all);
    void add_receipts(Sql& sql, const Case& subject, Gathered& all);
    Result<CapsuleManifest> manifest_of(Agency agency, const std::string& number, Gathered& all);
    Result<CapsulePart> measure(Draft& draft, const std::string& salt);
    std::string statement_for(Agency agency, const std::string& number, const CapsuleManifest& manifest,
                              const Gathered& all);
    void note_export(Agency agency, const std::string& number, const Actor& actor, const std::string& statement,
                     const std::string& before, std::size_t hidden);

    Parts parts_;
};

void add_evidence_routes(Api& api, EvidenceCapsule& flow);

// The item as it was asked of the parties: list, rules and questions of the pinned version.
std::string list_text(const Item& item);

}  // namespace tongban
