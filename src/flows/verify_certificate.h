#pragma once
// Anyone may ask whether a certificate is genuine, by number and code or by its file; and of an evidence
// capsule. The answer says in words what was
// proven and what was not, and shows masked data only (domain.md 6.5).

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/signed_code.h"
#include "base/verdict.h"
#include "modules/access/core/api.h"
#include "modules/access/core/throttle.h"
#include "modules/catalog/core/catalog.h"
#include "modules/certificates/certificate_store.h"
#include "modules/evidence/core/evidence_verifier.h"
#include "modules/register_book/core/register_reader.h"

namespace tongban {

enum class VerdictKind {
    valid,    // genuine, and in force in the register now
    void_,    // genuine once, but its right has ended
    unknown,  // nothing of ours fits what was asked
    altered,  // one of ours that was changed afterwards, or pretends to be
    foreign   // not a file that this platform signs
};
std::string_view to_text(VerdictKind kind);

struct Verdict {
    VerdictKind kind = VerdictKind::unknown;
    std::string text;
    std::vector<std::string> proven;
    std::vector<std::string> not_proven;
    std::string fault;  // code of a problem (base/verdict.h, evidence_problems.h): what is wrong with a file; or empty
    std::string number, identifier, registry_name, holder_masked, location_masked;
    Millis registered_at = 0;
    Millis checked_at = 0;
    bool demonstration = false;
};
std::string verdict_json(const Verdict& verdict);

// In words, of one that is not valid any more (H56): 已于2026-11-24被新的不动产登记证明取代（抵押权变更）.
std::string how_it_ended(const Certificate& certificate);

std::string masked_location(std::string_view location);  // 济南市历下区******

class VerifyCertificate {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        CertificateStore& certificates;
        RegisterReader& register_reader;
        FileVerifier& verifier;
        const Catalog& catalog;
        EvidenceVerifier& evidence;  // of capsules
    };
    VerifyCertificate(Parts parts, bool demonstration);

    // `number`: a certificate number or an e-certificate identifier, as typed; wrong code and unknown number are one
    // answer. certificates.too_many_checks by address, certificates.number_invalid.
    Result<Verdict> by_number(const std::string& number, const std::string& code, const std::string& remote);
    // Any bytes at all, up to 8 MB.
    Result<Verdict> by_file(std::string_view bytes, const std::string& remote);
    // The same for bytes that are still to come: counted by address and judged by size before the first of them; files
    // on their way hold 64 MB together, more are base.unavailable.
    Result<std::unique_ptr<BodySink>> take_file(const Request& request);

private:
    struct Found {
        Agency agency = 0;
        Certificate certificate;
        bool in_force = false;  // a right of this certificate stands in the live register
    };
    std::vector<Agency> agencies_of(std::string_view number, bool is_identifier) const;
    std::optional<Found> find(Sql& sql, Agency agency, std::string_view number, bool is_identifier);
    Found with_register(Sql& sql, Agency agency, Certificate certificate);
    Verdict verdict_of(const Found& found) const;
    Result<void> count(const std::string& remote);
    Result<Verdict> judge(std::string_view bytes);
    Verdict judge_capsule(std::string_view bytes) const;

    class FileSink;
    Parts parts_;
    const bool demonstration_;
    Throttle by_address_;
    std::atomic<std::uint64_t> bytes_held_ = 0;  // of files on their way
};

// GET and POST /api/v1/public/certificate-checks
void add_verification_routes(Api& api, VerifyCertificate& flow);

}  // namespace tongban
