#include "platform/crypto/compact_signature.h"

#include <openssl/ecdsa.h>

#include "base/crypto.h"

namespace tongban::crypto {
namespace {

using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>>;
constexpr int number_bytes = 32;

}  // namespace

std::string compact_key_id(X509* certificate)
{
    const X509_PUBKEY* key = X509_get_X509_PUBKEY(certificate);
    const int size = i2d_X509_PUBKEY(key, nullptr);
    require(size > 0, "encode public key");
    std::string der(static_cast<std::size_t>(size), '\0');
    auto* out = reinterpret_cast<unsigned char*>(der.data());
    i2d_X509_PUBKEY(key, &out);
    return sm3_hex(der).substr(0, 16);
}

std::string compact_of_ecdsa(std::string_view der)
{
    const auto* in = reinterpret_cast<const unsigned char*>(der.data());
    const EcdsaSignature signature(d2i_ECDSA_SIG(nullptr, &in, static_cast<long>(der.size())));
    require(signature != nullptr, "ECDSA signature");
    std::string compact(2 * number_bytes, '\0');
    auto* out = reinterpret_cast<unsigned char*>(compact.data());
    require(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, number_bytes) == number_bytes &&
                BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + number_bytes, number_bytes) == number_bytes,
            "ECDSA signature");
    return compact;
}

std::string ecdsa_of_compact(std::string_view compact)
{
    if (compact.size() != 2 * number_bytes) return {};
    const EcdsaSignature signature(ECDSA_SIG_new());
    const auto* in = reinterpret_cast<const unsigned char*>(compact.data());
    require(signature != nullptr && ECDSA_SIG_set0(signature.get(), BN_bin2bn(in, number_bytes, nullptr),
                                                   BN_bin2bn(in + number_bytes, number_bytes, nullptr)) == 1,
            "ECDSA signature");
    const int size = i2d_ECDSA_SIG(signature.get(), nullptr);
    require(size > 0, "ECDSA signature");
    std::string der(static_cast<std::size_t>(size), '\0');
    auto* out = reinterpret_cast<unsigned char*>(der.data());
    i2d_ECDSA_SIG(signature.get(), &out);
    return der;
}

}  // namespace tongban::crypto
