#include "platform/crypto/trusted_roots.h"

#include <openssl/x509v3.h>

#include <algorithm>

#include "platform/crypto/sm2.h"

namespace tongban::crypto {

TrustedRoots::TrustedRoots(const std::string& pem) : roots_(certificates_from_pem(pem))
{
    for (const Certificate& root : roots_)
        if (is_sm2(X509_get0_pubkey(root.get()))) set_sm2_id(root.get());
}

CertificateStore TrustedRoots::store(Millis at) const
{
    CertificateStore store(X509_STORE_new());
    require(store != nullptr, "certificate store");
    for (const Certificate& root : roots_)
        require(X509_STORE_add_cert(store.get(), root.get()) == 1, "certificate store");
    X509_VERIFY_PARAM* rules = X509_STORE_get0_param(store.get());
    X509_VERIFY_PARAM_set_time(rules, at / 1000);
    X509_VERIFY_PARAM_set_depth(rules, 3);
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT);
    return store;
}

bool TrustedRoots::holds(std::string_view der) const
{
    return std::ranges::any_of(roots_, [&](const Certificate& root) { return to_der(root.get()) == der; });
}

ChainOutcome TrustedRoots::check(X509* certificate, STACK_OF(X509) * others, Millis at) const
{
    using Context = std::unique_ptr<X509_STORE_CTX, Free<X509_STORE_CTX_free>>;
    const CertificateStore trusted = store(at);
    const Context context(X509_STORE_CTX_new());
    require(context != nullptr && X509_STORE_CTX_init(context.get(), trusted.get(), certificate, others) == 1,
            "certificate check");
    const bool hangs = X509_verify_cert(context.get()) == 1;
    const int error = X509_STORE_CTX_get_error(context.get());
    forget_openssl_errors();
    if (!hangs)
        return error == X509_V_ERR_CERT_HAS_EXPIRED || error == X509_V_ERR_CERT_NOT_YET_VALID
                   ? ChainOutcome::not_valid_then
                   : ChainOutcome::unknown_root;
    const bool may_sign =
        (X509_get_key_usage(certificate) & KU_DIGITAL_SIGNATURE) != 0 && X509_check_ca(certificate) == 0;
    return may_sign ? ChainOutcome::good : ChainOutcome::unknown_root;
}

}  // namespace tongban::crypto
