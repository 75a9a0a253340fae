// Argon2id with the parameters of RFC 9106's second recommendation, scaled to a server that many sign in to at once:
// 19 MiB, 2 passes, 1 lane (OWASP's minimum for Argon2id). About 20 ms a check.
#include <argon2.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>

#include "base/crypto.h"

namespace tongban {
namespace {

constexpr std::uint32_t passes = 2;
constexpr std::uint32_t memory_kib = 19 * 1024;
constexpr std::uint32_t lanes = 1;
constexpr std::size_t salt_bytes = 16;
constexpr std::size_t hash_bytes = 32;
// A longer password is no password but an attack on our CPU.
constexpr std::size_t password_bytes_max = 1024;

}  // namespace

std::string hash_password(std::string_view password)
{
    if (password.size() > password_bytes_max) throw std::invalid_argument("password longer than 1024 bytes");
    std::array<unsigned char, salt_bytes> salt{};
    if (RAND_bytes(salt.data(), static_cast<int>(salt.size())) != 1) throw std::runtime_error("no entropy");
    std::string phc(argon2_encodedlen(passes, memory_kib, lanes, salt_bytes, hash_bytes, Argon2_id), '\0');
    const int outcome = argon2id_hash_encoded(passes, memory_kib, lanes, password.data(), password.size(), salt.data(),
                                              salt.size(), hash_bytes, phc.data(), phc.size());
    if (outcome != ARGON2_OK) throw std::runtime_error(argon2_error_message(outcome));
    phc.resize(phc.find('\0'));
    return phc;
}

bool verify_password(std::string_view password, std::string_view phc)
{
    if (password.size() > password_bytes_max) return false;
    const std::string encoded(phc);
    const int outcome = argon2id_verify(encoded.c_str(), password.data(), password.size());
    if (outcome == ARGON2_MEMORY_ALLOCATION_ERROR) throw std::runtime_error(argon2_error_message(outcome));
    return outcome == ARGON2_OK;
}

}  // namespace tongban
