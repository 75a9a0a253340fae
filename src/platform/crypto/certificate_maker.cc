#include "platform/crypto/certificate_maker.h"

#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "platform/crypto/sm2.h"

namespace tongban::crypto {
namespace {

constexpr long day_seconds = 24L * 3600;

void add_name(X509_NAME* name, const char* field, std::string_view text)
{
    require(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text.data()),
                                       static_cast<int>(text.size()), -1, 0) == 1,
            "certificate subject");
}

void add_extension(X509* certificate, X509* issuer, int nid, const char* value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
    require(extension != nullptr, "certificate extension");
    const int added = X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    require(added == 1, "certificate extension");
}

void set_random_serial(X509* certificate)
{
    unsigned char bytes[16];
    require(RAND_bytes(bytes, sizeof bytes) == 1, "no entropy");
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7F) | 0x40);  // positive and of fixed length
    BIGNUM* number = BN_bin2bn(bytes, sizeof bytes, nullptr);
    require(number != nullptr && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nullptr,
            "certificate serial number");
    BN_free(number);
}

}  // namespace

Certificate make_certificate(const CertificateWish& wish, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key)
{
    Certificate certificate(X509_new());
    require(certificate != nullptr && X509_set_version(certificate.get(), X509_VERSION_3) == 1, "new certificate");
    set_random_serial(certificate.get());
    require(X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -day_seconds) != nullptr &&
                X509_gmtime_adj(X509_getm_notAfter(certificate.get()), wish.days * day_seconds) != nullptr &&
                X509_set_pubkey(certificate.get(), key) == 1,
            "new certificate");
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    for (const auto& [field, text] : wish.subject) add_name(subject, field, text);
    X509* signer = issuer == nullptr ? certificate.get() : issuer;
    require(X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer)) == 1, "issuer name");
    for (const auto& [nid, value] : wish.extensions) add_extension(certificate.get(), signer, nid, value);
    if (is_sm2(issuer_key))
        sm2_sign_certificate(certificate.get(), issuer_key);
    else
        require(X509_sign(certificate.get(), issuer_key, EVP_sha256()) > 0, "sign certificate");
    return certificate;
}

}  // namespace tongban::crypto
