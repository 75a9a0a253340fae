// SM3 and HMAC-SM3 over libgcrypt, whose SM3 is a third faster than OpenSSL's (documents.md D.1): every uploaded byte
// goes through it.
#include <gcrypt.h>
#include <openssl/crypto.h>

#include <stdexcept>

#include "base/crypto.h"
#include "base/trust.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/gcrypt.h"
#include "platform/crypto/keyed_digest.h"

namespace tongban {
namespace {

constexpr std::size_t digest_bytes = 32;

gcry_md_hd_t open_digest(unsigned flags)
{
    crypto::start_gcrypt();
    gcry_md_hd_t handle = nullptr;
    if (gcry_md_open(&handle, GCRY_MD_SM3, flags) != 0) throw std::runtime_error("libgcrypt offers no SM3");
    return handle;
}

std::string finish(gcry_md_hd_t handle)
{
    const unsigned char* digest = gcry_md_read(handle, GCRY_MD_SM3);
    return {reinterpret_cast<const char*>(digest), digest_bytes};
}

}  // namespace

struct Sm3::Impl {
    gcry_md_hd_t handle = open_digest(0);
    Impl() = default;
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() { gcry_md_close(handle); }
};

Sm3::Sm3() : impl_(std::make_unique<Impl>()) {}
Sm3::~Sm3() = default;
Sm3::Sm3(Sm3&&) noexcept = default;
Sm3& Sm3::operator=(Sm3&&) noexcept = default;

void Sm3::update(std::string_view bytes)
{
    gcry_md_write(impl_->handle, bytes.data(), bytes.size());
}

std::string Sm3::hex()
{
    return crypto::to_hex(finish(impl_->handle));
}

std::string sm3_hex(std::string_view bytes)
{
    return crypto::to_hex(sm3_bytes(bytes));
}

// Without a handle: a tree of small nodes would spend most of its time making and dropping them.
std::string sm3_bytes(std::string_view bytes)
{
    crypto::start_gcrypt();
    std::string digest(digest_bytes, '\0');
    gcry_md_hash_buffer(GCRY_MD_SM3, digest.data(), bytes.data(), bytes.size());
    return digest;
}

namespace crypto {

std::string hmac_sm3(std::string_view key, std::string_view bytes)
{
    gcry_md_hd_t handle = open_digest(GCRY_MD_FLAG_HMAC);
    if (gcry_md_setkey(handle, key.data(), key.size()) != 0) {
        gcry_md_close(handle);
        throw std::runtime_error("HMAC-SM3 refused its key");
    }
    gcry_md_write(handle, bytes.data(), bytes.size());
    std::string digest = finish(handle);
    gcry_md_close(handle);
    return digest;
}

}  // namespace crypto

std::string hmac_sm3_hex(std::string_view key, std::string_view bytes)
{
    return crypto::to_hex(crypto::hmac_sm3(key, bytes));
}

bool equal_in_constant_time(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace tongban
