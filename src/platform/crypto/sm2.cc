#include "platform/crypto/sm2.h"

#include <openssl/ec.h>

namespace tongban::crypto {
namespace {

using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;

const unsigned char* data(std::string_view bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

// The digest context borrows the key context: it must be freed first, so it is declared after it.
struct Sm2Context {
    explicit Sm2Context(EVP_PKEY* key) : of_key(EVP_PKEY_CTX_new(key, nullptr)), of_digest(EVP_MD_CTX_new())
    {
        require(of_key != nullptr && of_digest != nullptr &&
                    EVP_PKEY_CTX_set1_id(of_key.get(), sm2_user_id.data(), static_cast<int>(sm2_user_id.size())) == 1,
                "SM2 id");
        EVP_MD_CTX_set_pkey_ctx(of_digest.get(), of_key.get());
    }
    KeyContext of_key;
    DigestContext of_digest;
};

}  // namespace

Key new_sm2_key()
{
    Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"));
    require(key != nullptr, "generate SM2 key");
    return key;
}

bool is_sm2(const EVP_PKEY* key)
{
    return key != nullptr && EVP_PKEY_is_a(key, "SM2") == 1;
}

std::string sm2_sign(EVP_PKEY* key, std::string_view bytes)
{
    const Sm2Context context(key);
    std::size_t size = 0;
    require(EVP_DigestSignInit(context.of_digest.get(), nullptr, EVP_sm3(), nullptr, key) == 1 &&
                EVP_DigestSign(context.of_digest.get(), nullptr, &size, data(bytes), bytes.size()) == 1,
            "begin SM2 signature");
    std::string signature(size, '\0');
    require(EVP_DigestSign(context.of_digest.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                           data(bytes), bytes.size()) == 1,
            "SM2 signature");
    signature.resize(size);
    return signature;
}

bool sm2_verify(EVP_PKEY* key, std::string_view bytes, std::string_view signature)
{
    if (!is_sm2(key)) return false;
    const Sm2Context context(key);
    require(EVP_DigestVerifyInit(context.of_digest.get(), nullptr, EVP_sm3(), nullptr, key) == 1,
            "begin SM2 verification");
    const bool good =
        EVP_DigestVerify(context.of_digest.get(), data(signature), signature.size(), data(bytes), bytes.size()) == 1;
    forget_openssl_errors();
    return good;
}

void sm2_sign_certificate(X509* certificate, EVP_PKEY* key)
{
    const Sm2Context context(key);
    require(EVP_DigestSignInit(context.of_digest.get(), nullptr, EVP_sm3(), nullptr, key) == 1 &&
                X509_sign_ctx(certificate, context.of_digest.get()) > 0,
            "sign certificate with SM2");
}

void set_sm2_id(X509* certificate)
{
    ASN1_OCTET_STRING* id = ASN1_OCTET_STRING_new();
    require(id != nullptr && ASN1_OCTET_STRING_set(id, data(sm2_user_id), static_cast<int>(sm2_user_id.size())) == 1,
            "SM2 id");
    X509_set0_distinguishing_id(certificate, id);  // takes it
}

}  // namespace tongban::crypto
