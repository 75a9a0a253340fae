#include "platform/crypto/openssl.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <stdexcept>

namespace tongban::crypto {
namespace {

Bio reading(const std::string& text)
{
    return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string content(BIO* memory)
{
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return {data, static_cast<std::size_t>(size)};
}

}  // namespace

void fail_openssl(const char* what)
{
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    throw std::runtime_error(fmt::format("{}: {}", what, reason == nullptr ? "unknown reason" : reason));
}

void forget_openssl_errors()
{
    ERR_clear_error();
}

Key key_from_pem(const std::string& pem)
{
    Key key(PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, nullptr, nullptr));
    require(key != nullptr, "private key is not readable");
    return key;
}

Certificate certificate_from_pem(const std::string& pem)
{
    Certificate certificate(PEM_read_bio_X509(reading(pem).get(), nullptr, nullptr, nullptr));
    require(certificate != nullptr, "certificate is not readable");
    return certificate;
}

std::string to_pem(EVP_PKEY* private_key)
{
    const Bio memory(BIO_new(BIO_s_mem()));
    require(PEM_write_bio_PKCS8PrivateKey(memory.get(), private_key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
            "write private key");
    return content(memory.get());
}

std::string to_pem(X509* certificate)
{
    const Bio memory(BIO_new(BIO_s_mem()));
    require(PEM_write_bio_X509(memory.get(), certificate) == 1, "write certificate");
    return content(memory.get());
}

std::string subject_text(X509* certificate, int nid)
{
    X509_NAME* subject = X509_get_subject_name(certificate);
    const int first = X509_NAME_get_index_by_NID(subject, nid, -1);
    if (first < 0 || X509_NAME_get_index_by_NID(subject, nid, first) >= 0) return {};
    unsigned char* text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, first)));
    if (size < 0) return {};
    std::string answer(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
    OPENSSL_free(text);
    return answer;
}

}  // namespace tongban::crypto
