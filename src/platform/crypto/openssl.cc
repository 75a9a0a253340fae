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

std::vector<Certificate> certificates_from_pem(const std::string& pem)
{
    const Bio memory = reading(pem);
    std::vector<Certificate> all;
    while (X509* one = PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr)) all.emplace_back(one);
    require(!all.empty(), "certificate is not readable");
    forget_openssl_errors();  // "no start line" is how the end is told
    return all;
}

Certificate certificate_from_der(std::string_view der)
{
    const auto* in = reinterpret_cast<const unsigned char*>(der.data());
    const auto* const end = in + der.size();
    Certificate certificate(d2i_X509(nullptr, &in, static_cast<long>(der.size())));
    forget_openssl_errors();
    if (certificate == nullptr || in != end || to_der(certificate.get()) != der) return nullptr;
    return certificate;
}

std::string to_der(X509* certificate)
{
    const int size = i2d_X509(certificate, nullptr);
    require(size > 0, "encode certificate");
    std::string der(static_cast<std::size_t>(size), '\0');
    auto* out = reinterpret_cast<unsigned char*>(der.data());
    require(i2d_X509(certificate, &out) == size, "encode certificate");
    return der;
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
