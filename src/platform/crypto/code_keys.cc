#include "platform/crypto/code_keys.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "platform/crypto/agency_files.h"
#include "platform/crypto/compact_signature.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/key_file.h"
#include "platform/crypto/pdf_verifier.h"

namespace tongban {
namespace {

using namespace crypto;

class FolderKeys final : public CodeKeys {
public:
    explicit FolderKeys(std::filesystem::path folder) : folder_(std::move(folder)) {}

    std::vector<PublicKey> keys() override
    {
        std::vector<PublicKey> all;
        for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
            const std::string name = entry.path().filename().string();
            if (!name.starts_with("agency-") || !name.ends_with(".crt.pem")) continue;
            const std::string pem = read_key_file(entry.path());
            const Certificate certificate = certificate_from_pem(pem);
            all.push_back({compact_key_id(certificate.get()), agency_of(certificate.get()),
                           subject_text(certificate.get(), NID_organizationName), pem});
        }
        std::ranges::sort(all, {}, &PublicKey::key_id);
        return all;
    }

    std::string key_id(Agency agency) override
    {
        const std::lock_guard lock(mutex_);
        auto found = ids_.find(agency);
        if (found == ids_.end()) {
            const Certificate certificate =
                certificate_from_pem(read_key_file(agency_files(folder_, agency).certificate));
            found = ids_.emplace(agency, compact_key_id(certificate.get())).first;
        }
        return found->second;
    }

    std::string compact(const std::string& signature) override
    {
        return to_base64url(compact_of_ecdsa(from_base64url(signature).value()));
    }

    std::optional<PublicKey> verify(const ReadCode& code) override
    {
        const std::string der = ecdsa_of_compact(code.signature);
        for (PublicKey& key : keys()) {
            if (key.key_id != code.key_id) continue;
            const Certificate certificate = certificate_from_pem(key.certificate);
            const DigestContext context(EVP_MD_CTX_new());
            require(EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr,
                                         X509_get0_pubkey(certificate.get())) == 1,
                    "begin verification");
            const bool good =
                EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(der.data()), der.size(),
                                 reinterpret_cast<const unsigned char*>(code.signed_text.data()),
                                 code.signed_text.size()) == 1;
            forget_openssl_errors();
            if (good) return std::move(key);
        }
        return std::nullopt;
    }

private:
    const std::filesystem::path folder_;
    std::mutex mutex_;
    std::map<Agency, std::string> ids_;
};

}  // namespace

std::unique_ptr<CodeKeys> make_code_keys(std::filesystem::path folder)
{
    return std::make_unique<FolderKeys>(std::move(folder));
}

}  // namespace tongban
