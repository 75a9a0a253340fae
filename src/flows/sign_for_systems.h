#pragma once
// Sealing as a service: a registry's own program hands in a finished document and gets it back sealed, or has any file
// verified. PDF: the registry's key signs (PAdES, with a time stamp when an authority answers); OFD: the registry's
// seal is put on (GB/T 38540). For both the seal's SM2 key also signs a statement that names seal, purpose and file.
// Who may use which seal for what was approved by two people (modules/seals); every use stands in the seal's log, in
// the transaction that answers.

#include <atomic>
#include <optional>
#include <string>

#include "base/bulkhead.h"
#include "base/crypto.h"
#include "base/foreign_files.h"
#include "base/imaging.h"
#include "base/objects.h"
#include "base/seals.h"
#include "base/time_stamps.h"
#include "base/verdict.h"
#include "modules/access/core/api.h"
#include "modules/access/core/throttle.h"
#include "modules/journal/core/commands.h"
#include "modules/seals/seal_store.h"
#include "modules/seals/signing_store.h"

namespace tongban {

namespace signing_problem {
inline constexpr Problem too_large{"signing.too_large", Kind::too_large, Retry::after_fix, "待签文件超过大小上限"};
inline constexpr Problem too_many{"signing.too_many", Kind::too_many, Retry::later, "调用过于频繁，请稍后再试"};
inline constexpr Problem seal_changed{"signing.seal_changed", Kind::conflict, Retry::later,
                                      "签章期间印章发生变化，请重试"};
inline constexpr const Problem* all[] = {&too_large, &too_many, &seal_changed};
}  // namespace signing_problem

// What may be handed in. Sealed it grows by 20 KB at most and must still fit the public page's 8 MB.
inline constexpr std::uint64_t signed_source_bytes_max = (8ULL << 20) - (64ULL << 10);

class SignForSystems {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        IdSource& ids;
        Commands& commands;
        ObjectStore& objects;
        Imaging& imaging;
        SealStore& seals;
        SigningStore& signings;
        SealRing& ring;
        AgencySigner& signer;
        TimeStamps& time_stamps;
        ForeignFiles& files;
        FileVerifier& verifier;
    };
    explicit SignForSystems(const Parts& parts);

    // Each asks first who calls: "Authorization: Bearer …", signing.client_unknown for every way of being none
    // (unknown, wrong secret, revoked), signing.too_many after a hundred of them from one address. No cookie is looked
    // at. POST …/seals?seal=&purpose=&subject= : the body is the file. signing.* , seals.*, imaging.* for what is in a
    // PDF.
    Result<Response> seal(ApiRequest& request);
    Result<Response> find(ApiRequest& request);      // GET …/seals/{id}
    Result<Response> download(ApiRequest& request);  // GET …/seals/{id}/file
    Result<Response> verify(ApiRequest& request);    // POST …/verifications

private:
    // The program that calls.
    struct Caller {
        Agency agency = 0;
        std::string id;
        std::string name;
        std::string account() const { return "client:" + id; }  // in journal, command keys and the seals' logs
    };
    struct Wish {
        std::string seal;  // registration, collection, or the id of one of the registry's seals
        std::string purpose;
        std::string subject;
    };
    struct Sealed {
        std::string file;
        std::string format;
        Millis signed_at = 0;
        Millis stamped_at = 0;
    };
    static Result<Wish> read_wish(const ApiRequest& request);
    Result<Caller> caller_of(const Request& request);
    Result<void> count(const Caller& caller);
    Result<Response> seal_for(const Caller& caller, ApiRequest& request);
    void note_refusal(const Caller& caller, const Error& refused);
    Result<RegistrySeal> usable_seal(Sql& sql, const Caller& caller, const Wish& wish, const SealUse& use);
    Result<void> may_still_seal(Sql& sql, const Caller& caller, SealKind kind, const std::string& purpose);
    Result<Sealed> sealed(Agency agency, const RegistrySeal& seal, const std::string& file);
    Result<Sealed> sealed_pdf(Agency agency, const std::string& file);
    Response answer(Agency agency, const Signing& signing, const RegistrySeal& seal);

    const Parts parts_;
    Throttle by_address_;  // of wrong tokens
    Throttle by_client_;
    Throttle refusals_;  // by client: those written down
    Bulkhead at_work_{
        {.places = 4, .waiting = 16, .wait = std::chrono::milliseconds(5000)}
    };
};

void add_signing_routes(Api& api, SignForSystems& flow);

}  // namespace tongban
