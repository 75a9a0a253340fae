#include "platform/sealing/seal_ring.h"

#include <fmt/format.h>
#include <openssl/x509v3.h>

#include <map>
#include <mutex>
#include <stdexcept>

#include "platform/crypto/agency_files.h"
#include "platform/crypto/certificate_maker.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/key_file.h"
#include "platform/crypto/sm2.h"
#include "platform/sealing/ofd_seal.h"
#include "platform/sealing/ses.h"

namespace tongban {
namespace {

using namespace crypto;

struct Seal {
    Key key;
    Certificate certificate;
    std::string certificate_der;
    std::string esl;
    SealFacts facts;
};

constexpr Millis day = 24LL * 3600 * 1000;

class FolderRing final : public SealRing {
public:
    FolderRing(std::filesystem::path folder, Vault& vault, Clock& clock)
        : folder_(std::move(folder)), vault_(vault), clock_(clock)
    {
    }

    SealFacts make(Agency agency, const std::string& seal, const SealWish& wish) override
    {
        const std::lock_guard lock(making_);
        if (auto found = find(agency, seal)) return *found;
        const Key maker_key = key_from_pem(read_key_file(folder_ / seal_maker_key_file));
        const Certificate maker = certificate_from_pem(read_key_file(folder_ / seal_maker_certificate_file));
        const Key root_key = key_from_pem(read_key_file(folder_ / seal_root_key_file));
        const Certificate root = certificate_from_pem(read_key_file(folder_ / seal_root_certificate_file));

        if (!std::filesystem::exists(file(agency, seal, ".key")))
            create_key_file(file(agency, seal, ".key"), vault_.seal(agency, to_pem(new_sm2_key().get())));
        const Key key = key_from_pem(vault_.open(agency, read_key_file(file(agency, seal, ".key"))));
        const Certificate certificate = make_certificate(
            {
                .subject = {{"C", "CN"},
                            {"O", wish.office},
                            {"serialNumber", fmt::format("{}", agency)},
                            {"CN", wish.name + "（演示）"}            },
                .extensions = {{NID_basic_constraints, "critical,CA:FALSE"},
                            {NID_key_usage, "critical,digitalSignature,nonRepudiation"},
                            {NID_subject_key_identifier, "hash"},
                            {NID_authority_key_identifier, "keyid:always"}},
                .days = static_cast<long>((wish.until - clock_.now()) / day) + 1
        },
            key.get(), root.get(), root_key.get());
        create_key_file(file(agency, seal, ".crt.pem"), to_pem(certificate.get()));
        // Read back what lies there now: another process may have been faster.
        const Certificate kept = certificate_from_pem(read_key_file(file(agency, seal, ".crt.pem")));

        ses::SealInfo info;
        info.id = fmt::format("{}{}", agency, sm3_hex(to_der(kept.get())).substr(0, 8));
        info.name = wish.name;
        info.signer_certificates = {to_der(kept.get())};
        info.made_at = clock_.now() / 1000 * 1000;
        info.from = wish.from;
        info.until = wish.until;
        info.picture = wish.picture;
        const std::string signed_bytes = ses::encode(info);
        create_key_file(file(agency, seal, ".esl"),
                        ses::encode_seal(signed_bytes, to_der(maker.get()), sm2_sign(maker_key.get(), signed_bytes)));
        return get(agency, seal).facts;
    }

    std::optional<SealFacts> find(Agency agency, const std::string& seal) override
    {
        if (!std::filesystem::exists(file(agency, seal, ".esl"))) return std::nullopt;
        return get(agency, seal).facts;
    }

    std::string seal_ofd(Agency agency, const std::string& seal, const OfdPackage& package, Millis at) override
    {
        const Seal& used = get(agency, seal);
        return ofd_with_seal(package, {used.esl, used.certificate_der, used.key.get()}, at);
    }

    std::string sign(Agency agency, const std::string& seal, std::string_view statement) override
    {
        return to_base64url(sm2_sign(get(agency, seal).key.get(), statement));
    }

private:
    std::filesystem::path file(Agency agency, const std::string& seal, const char* kind) const
    {
        TONGBAN_ASSERT(!seal.empty() && seal.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == seal.npos);
        return folder_ / fmt::format("seal-{}-{}{}", agency, seal, kind);
    }

    // References stay valid: a map never moves its nodes, and nothing is ever removed.
    const Seal& get(Agency agency, const std::string& name)
    {
        const std::pair at{agency, name};
        const std::lock_guard lock(mutex_);
        if (const auto found = seals_.find(at); found != seals_.end()) return found->second;
        if (!std::filesystem::exists(file(agency, name, ".esl")))
            throw std::runtime_error(fmt::format("registry {} has no seal {}", agency, name));
        Seal seal;
        seal.key = key_from_pem(vault_.open(agency, read_key_file(file(agency, name, ".key"))));
        seal.certificate = certificate_from_pem(read_key_file(file(agency, name, ".crt.pem")));
        require(X509_check_private_key(seal.certificate.get(), seal.key.get()) == 1,
                "seal's key and certificate differ");
        seal.certificate_der = to_der(seal.certificate.get());
        seal.esl = read_key_file(file(agency, name, ".esl"));
        const auto read = ses::read_seal(seal.esl);
        if (!read) throw std::runtime_error(fmt::format("seal {} of registry {} is damaged", name, agency));
        seal.facts = {read->info.id, read->info.name, read->info.from, read->info.until,
                      to_pem(seal.certificate.get())};
        return seals_.emplace(at, std::move(seal)).first->second;
    }

    const std::filesystem::path folder_;
    Vault& vault_;
    Clock& clock_;
    std::mutex making_;
    std::mutex mutex_;
    std::map<std::pair<Agency, std::string>, Seal> seals_;
};

}  // namespace

std::unique_ptr<SealRing> make_seal_ring(std::filesystem::path folder, Vault& vault, Clock& clock)
{
    return std::make_unique<FolderRing>(std::move(folder), vault, clock);
}

}  // namespace tongban
