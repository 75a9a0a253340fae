#include "platform/crypto/time_stamp.h"

#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <ctime>

#include "platform/crypto/agency_files.h"
#include "platform/crypto/cms_shape.h"
#include "platform/crypto/key_file.h"

namespace tongban::crypto {
namespace {

using Token = std::unique_ptr<PKCS7, Free<PKCS7_free>>;
using TokenInfo = std::unique_ptr<TS_TST_INFO, Free<TS_TST_INFO_free>>;
using CheckContext = std::unique_ptr<TS_VERIFY_CTX, Free<TS_VERIFY_CTX_free>>;

}  // namespace

std::string sha256(std::string_view bytes)
{
    std::string digest(32, '\0');
    require(EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr,
                       EVP_sha256(), nullptr) == 1,
            "SHA-256");
    return digest;
}

std::optional<CheckedStamp> check_time_stamp(std::string_view der, std::string_view imprint, const TrustedRoots& roots)
{
    // Only what is plain can be noticed when it is changed.
    const auto shape = cms_shape(der, CmsContent::time_stamp);
    if (!shape || !shape->stamp.empty() || shape->certificates.empty()) return std::nullopt;
    const auto* in = reinterpret_cast<const unsigned char*>(der.data());
    const Token token(d2i_PKCS7(nullptr, &in, static_cast<long>(der.size())));
    const TokenInfo info(token == nullptr ? nullptr : PKCS7_to_TS_TST_INFO(token.get()));
    forget_openssl_errors();
    if (info == nullptr) return std::nullopt;
    std::tm parts = {};
    if (ASN1_TIME_to_tm(TS_TST_INFO_get_time(info.get()), &parts) != 1) return std::nullopt;
    CheckedStamp stamp;
    stamp.at = static_cast<Millis>(::timegm(&parts)) * 1000;

    const CheckContext context(TS_VERIFY_CTX_new());
    require(context != nullptr, "time stamp check");
    TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE | TS_VFY_IMPRINT);
    TS_VERIFY_CTX_set_store(context.get(), roots.store(stamp.at).release());  // taken over
    auto* copy = static_cast<unsigned char*>(OPENSSL_memdup(imprint.data(), imprint.size()));
    TS_VERIFY_CTX_set_imprint(context.get(), copy, static_cast<long>(imprint.size()));  // taken over
    const bool good = TS_RESP_verify_token(context.get(), token.get()) == 1;
    forget_openssl_errors();
    if (!good) return std::nullopt;
    STACK_OF(X509)* signers = PKCS7_get0_signers(token.get(), nullptr, 0);
    if (signers == nullptr) return std::nullopt;
    X509* signer = sk_X509_value(signers, 0);
    stamp.authority = subject_text(signer, NID_commonName);
    const std::string signer_der = to_der(signer);
    sk_X509_free(signers);
    for (const std::string_view one : shape->certificates) {
        if (one == signer_der || roots.holds(one)) continue;
        return std::nullopt;  // a certificate that nothing vouches for
    }
    return stamp;
}

}  // namespace tongban::crypto

namespace tongban {
namespace {

using namespace crypto;

using StampResponse = std::unique_ptr<TS_RESP, Free<TS_RESP_free>>;
using ResponseContext = std::unique_ptr<TS_RESP_CTX, Free<TS_RESP_CTX_free>>;

template <auto encode, class T>
std::string encoded(T* value, const char* what)
{
    const int size = encode(value, nullptr);
    require(size > 0, what);
    std::string der(static_cast<std::size_t>(size), '\0');
    auto* out = reinterpret_cast<unsigned char*>(der.data());
    require(encode(value, &out) == size, what);
    return der;
}

ASN1_INTEGER* random_number(std::size_t bytes)
{
    std::string digits(bytes, '\0');
    auto* data = reinterpret_cast<unsigned char*>(digits.data());
    require(RAND_bytes(data, static_cast<int>(bytes)) == 1, "no entropy");
    digits[0] = static_cast<char>((digits[0] & 0x7F) | 0x40);
    BIGNUM* number = BN_bin2bn(data, static_cast<int>(bytes), nullptr);
    ASN1_INTEGER* integer = number == nullptr ? nullptr : BN_to_ASN1_INTEGER(number, nullptr);
    BN_free(number);
    require(integer != nullptr, "random number");
    return integer;
}

class DemoAuthority final : public TimeStampAuthority {
public:
    DemoAuthority(Key key, Certificate certificate, Clock& clock)
        : key_(std::move(key)), certificate_(std::move(certificate)), clock_(clock)
    {
    }

    std::string answer(std::string_view request) override
    {
        // A context remembers its request: one for each answer.
        const ResponseContext context(TS_RESP_CTX_new());
        require(context != nullptr && TS_RESP_CTX_set_signer_cert(context.get(), certificate_.get()) == 1 &&
                    TS_RESP_CTX_set_signer_key(context.get(), key_.get()) == 1 &&
                    TS_RESP_CTX_set_signer_digest(context.get(), EVP_sha256()) == 1 &&
                    TS_RESP_CTX_set_ess_cert_id_digest(context.get(), EVP_sha256()) == 1 &&
                    TS_RESP_CTX_add_md(context.get(), EVP_sha256()) == 1 &&
                    TS_RESP_CTX_add_md(context.get(), EVP_sm3()) == 1 &&
                    TS_RESP_CTX_set_accuracy(context.get(), 1, 0, 0) == 1,
                "time stamp answer");
        const std::unique_ptr<ASN1_OBJECT, Free<ASN1_OBJECT_free>> policy(OBJ_txt2obj("1.3.6.1.4.1.57264.2", 1));
        require(policy != nullptr && TS_RESP_CTX_set_def_policy(context.get(), policy.get()) == 1, "time stamp policy");
        TS_RESP_CTX_set_serial_cb(
            context.get(), [](TS_RESP_CTX*, void*) { return random_number(16); }, nullptr);
        TS_RESP_CTX_set_time_cb(
            context.get(),
            [](TS_RESP_CTX*, void* clock, long* seconds, long* micros) {
                const Millis now = static_cast<Clock*>(clock)->now();
                *seconds = static_cast<long>(now / 1000);
                *micros = 0;
                return 1;
            },
            &clock_);
        const Bio in(BIO_new_mem_buf(request.data(), static_cast<int>(request.size())));
        const StampResponse response(TS_RESP_create_response(context.get(), in.get()));
        forget_openssl_errors();
        require(response != nullptr, "time stamp answer");
        return encoded<i2d_TS_RESP>(response.get(), "time stamp answer");
    }

private:
    const Key key_;
    const Certificate certificate_;
    Clock& clock_;
};

}  // namespace

std::unique_ptr<TimeStampAuthority> make_time_stamp_authority(const std::filesystem::path& folder, Clock& clock)
{
    return std::make_unique<DemoAuthority>(key_from_pem(read_key_file(folder / time_key_file)),
                                           certificate_from_pem(read_key_file(folder / time_certificate_file)), clock);
}

}  // namespace tongban
