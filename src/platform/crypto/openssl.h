#pragma once
// OpenSSL objects as owners, and its errors as exceptions. Internal to platform/crypto.

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tongban::crypto {

template <auto free_it>
struct Free {
    template <class T>
    void operator()(T* it) const
    {
        free_it(it);
    }
};

inline void free_all_certificates(STACK_OF(X509) * stack)
{
    sk_X509_pop_free(stack, X509_free);
}

using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Cms = std::unique_ptr<CMS_ContentInfo, Free<CMS_ContentInfo_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using CertificateStack = std::unique_ptr<STACK_OF(X509), Free<free_all_certificates>>;
using CertificateStore = std::unique_ptr<X509_STORE, Free<X509_STORE_free>>;

// Throws with the first reason of OpenSSL's error queue, and empties the queue.
[[noreturn]] void fail_openssl(const char* what);
void forget_openssl_errors();

inline void require(bool good, const char* what)
{
    if (!good) fail_openssl(what);
}

Key key_from_pem(const std::string& pem);
Certificate certificate_from_pem(const std::string& pem);
std::vector<Certificate> certificates_from_pem(const std::string& pem);  // all in the text; at least one
Certificate certificate_from_der(std::string_view der);  // null when it is none, or something follows it
std::string to_der(X509* certificate);
std::string to_pem(EVP_PKEY* private_key);
std::string to_pem(X509* certificate);

// One attribute of the subject as UTF-8; empty when it is missing or there is more than one.
std::string subject_text(X509* certificate, int nid);

}  // namespace tongban::crypto
