#include "platform/crypto/signature_judge.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <charconv>
#include <ctime>
#include <map>
#include <mutex>
#include <stdexcept>

#include "platform/crypto/agency_files.h"
#include "platform/crypto/demo_ca.h"
#include "platform/crypto/key_file.h"
#include "platform/crypto/openssl.h"

namespace tongban {
namespace {

using namespace crypto;

constexpr std::size_t pem_bytes_max = 16 * 1024;
constexpr std::size_t signature_bytes_max = 200;

const unsigned char* data(std::string_view bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

Millis millis_of(const ASN1_TIME* time)
{
    std::tm parts = {};
    return ASN1_TIME_to_tm(time, &parts) == 1 ? static_cast<Millis>(::timegm(&parts)) * 1000 : 0;
}

Agency agency_of(X509* certificate)
{
    const std::string text = subject_text(certificate, NID_serialNumber);
    Agency number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool good = error == std::errc{} && end == text.data() + text.size() && number >= 100000 && number <= 999999;
    return good ? number : 0;
}

std::string key_of(X509* certificate)
{
    unsigned char* der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    if (size <= 0) return {};
    std::string key(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return key;
}

// Every certificate of a text that may hold several.
void add_roots(X509_STORE* store, const std::string& text)
{
    const Bio in(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    int count = 0;
    for (;;) {
        const Certificate root(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
        if (root == nullptr) break;
        require(X509_STORE_add_cert(store, root.get()) == 1, "root certificate");
        ++count;
    }
    forget_openssl_errors();
    if (count == 0) throw std::runtime_error("a root certificate is not readable (PEM expected)");
}

class StoreJudge final : public SignatureJudge {
public:
    explicit StoreJudge(const std::vector<std::string>& roots) : store_(X509_STORE_new())
    {
        require(store_ != nullptr, "certificate store");
        for (const std::string& root : roots) add_roots(store_.get(), root);
    }

    std::optional<CertificateFacts> read(std::string_view pem) override
    {
        const Certificate certificate = parse(pem);
        if (certificate == nullptr) return std::nullopt;
        return CertificateFacts{agency_of(certificate.get()), subject_text(certificate.get(), NID_commonName),
                                key_of(certificate.get()), millis_of(X509_get0_notBefore(certificate.get())),
                                millis_of(X509_get0_notAfter(certificate.get()))};
    }

    bool is_trusted(std::string_view pem, Millis at) override
    {
        const Certificate certificate = parse(pem);
        if (certificate == nullptr) return false;
        X509_STORE_CTX* context = X509_STORE_CTX_new();
        require(context != nullptr && X509_STORE_CTX_init(context, store_.get(), certificate.get(), nullptr) == 1,
                "certificate check");
        X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context);
        X509_VERIFY_PARAM_set_time(rules, static_cast<std::time_t>(at / 1000));
        X509_VERIFY_PARAM_set_depth(rules, 2);
        X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT);
        const bool good = X509_verify_cert(context) == 1 &&
                          (X509_get_key_usage(certificate.get()) & KU_DIGITAL_SIGNATURE) != 0 &&
                          X509_check_ca(certificate.get()) == 0;
        X509_STORE_CTX_free(context);
        forget_openssl_errors();
        return good;
    }

    bool fits(std::string_view pem, std::string_view bytes, std::string_view signature) override
    {
        const Certificate certificate = parse(pem);
        if (certificate == nullptr || signature.size() > signature_bytes_max) return false;
        EVP_PKEY* key = X509_get0_pubkey(certificate.get());
        if (key == nullptr || EVP_PKEY_get_base_id(key) != EVP_PKEY_EC) return false;
        const DigestContext context(EVP_MD_CTX_new());
        const bool good =
            EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
            EVP_DigestVerify(context.get(), data(signature), signature.size(), data(bytes), bytes.size()) == 1;
        forget_openssl_errors();
        return good;
    }

private:
    static Certificate parse(std::string_view pem)
    {
        constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----";
        if (pem.size() > pem_bytes_max || !pem.starts_with(begin) || pem.find(begin, 1) != std::string_view::npos)
            return nullptr;
        const Bio in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
        Certificate certificate(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
        forget_openssl_errors();
        return certificate;
    }

    const CertificateStore store_;
};

class FolderCertificates final : public AgencyCertificates {
public:
    FolderCertificates(std::filesystem::path folder, AgencyNames name_of)
        : folder_(std::move(folder)), name_of_(std::move(name_of))
    {
    }

    std::string pem(Agency agency) override
    {
        const std::lock_guard lock(mutex_);
        std::string& known = known_[agency];
        if (known.empty()) {
            if (name_of_) ensure_agency_key(folder_, agency, name_of_(agency));
            known = read_key_file(agency_files(folder_, agency).certificate);
        }
        return known;
    }

private:
    const std::filesystem::path folder_;
    const AgencyNames name_of_;
    std::mutex mutex_;
    std::map<Agency, std::string> known_;
};

}  // namespace

std::unique_ptr<SignatureJudge> make_signature_judge(const std::vector<std::string>& roots)
{
    return std::make_unique<StoreJudge>(roots);
}

std::unique_ptr<AgencyCertificates> make_agency_certificates(std::filesystem::path folder, AgencyNames name_of)
{
    return std::make_unique<FolderCertificates>(std::move(folder), std::move(name_of));
}

}  // namespace tongban
