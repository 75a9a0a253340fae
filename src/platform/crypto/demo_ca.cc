#include "platform/crypto/demo_ca.h"

#include <fmt/format.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <stdexcept>

#include "platform/crypto/agency_files.h"
#include "platform/crypto/key_file.h"
#include "platform/crypto/openssl.h"

namespace tongban {
namespace {

using namespace crypto;

constexpr long day_seconds = 24L * 3600;
constexpr long root_days = 20 * 365;
constexpr long agency_days = 5 * 365;

// The key of the file; made first when there is none. Always read back: another process may have been faster.
Key ensured_key(const std::filesystem::path& file)
{
    if (!std::filesystem::exists(file)) {
        const Key fresh(EVP_EC_gen("P-256"));
        require(fresh != nullptr, "generate P-256 key");
        create_key_file(file, to_pem(fresh.get()));
    }
    return key_from_pem(read_key_file(file));
}

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

// A certificate for `key`, without names, extensions and signature. Valid from a day ago: clocks differ.
Certificate blank(EVP_PKEY* key, long days)
{
    Certificate certificate(X509_new());
    require(certificate != nullptr && X509_set_version(certificate.get(), X509_VERSION_3) == 1, "new certificate");
    set_random_serial(certificate.get());
    require(X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -day_seconds) != nullptr &&
                X509_gmtime_adj(X509_getm_notAfter(certificate.get()), days * day_seconds) != nullptr &&
                X509_set_pubkey(certificate.get(), key) == 1,
            "new certificate");
    return certificate;
}

}  // namespace

void create_demo_ca(const std::filesystem::path& folder)
{
    const Key key = ensured_key(folder / root_key_file);
    if (std::filesystem::exists(folder / root_certificate_file)) return;
    const Certificate root = blank(key.get(), root_days);
    X509_NAME* name = X509_get_subject_name(root.get());
    add_name(name, "C", "CN");
    add_name(name, "O", "通办演示");
    add_name(name, "CN", "通办演示根证书 CA");
    require(X509_set_issuer_name(root.get(), name) == 1, "issuer name");
    add_extension(root.get(), root.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(root.get(), root.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(root.get(), root.get(), NID_subject_key_identifier, "hash");
    require(X509_sign(root.get(), key.get(), EVP_sha256()) > 0, "sign root certificate");
    create_key_file(folder / root_certificate_file, to_pem(root.get()));
}

void ensure_agency_key(const std::filesystem::path& folder, Agency agency, std::string_view name)
{
    const AgencyFiles files = agency_files(folder, agency);
    if (std::filesystem::exists(files.key) && std::filesystem::exists(files.certificate)) return;
    const Key root_key = key_from_pem(read_key_file(folder / root_key_file));
    const Certificate root = certificate_from_pem(root_certificate(folder));
    const Key key = ensured_key(files.key);
    const Certificate certificate = blank(key.get(), agency_days);
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    add_name(subject, "C", "CN");
    add_name(subject, "O", name);
    add_name(subject, "serialNumber", fmt::format("{}", agency));
    add_name(subject, "CN", fmt::format("{}（演示）", name));
    require(X509_set_issuer_name(certificate.get(), X509_get_subject_name(root.get())) == 1, "issuer name");
    add_extension(certificate.get(), root.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(certificate.get(), root.get(), NID_key_usage, "critical,digitalSignature,nonRepudiation");
    add_extension(certificate.get(), root.get(), NID_subject_key_identifier, "hash");
    add_extension(certificate.get(), root.get(), NID_authority_key_identifier, "keyid:always");
    require(X509_sign(certificate.get(), root_key.get(), EVP_sha256()) > 0, "sign certificate");
    create_key_file(files.certificate, to_pem(certificate.get()));
}

std::string root_certificate(const std::filesystem::path& folder)
{
    return read_key_file(folder / root_certificate_file);
}

}  // namespace tongban
