#include "platform/crypto/vault.h"

#include <fmt/format.h>
#include <gcrypt.h>
#include <openssl/rand.h>

#include <array>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>

#include "platform/crypto/encoding.h"
#include "platform/crypto/gcrypt.h"
#include "platform/crypto/key_file.h"
#include "platform/crypto/keyed_digest.h"

namespace tongban {
namespace {

constexpr std::string_view prefix = "v1.";
constexpr std::size_t platform_key_bytes = 32;
constexpr std::size_t seed_bytes = 16;
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t sm4_key_bytes = 16;
constexpr std::size_t nonce_bytes = 12;

class Sm4Gcm {
public:
    // `material`: the key followed by the nonce.
    Sm4Gcm(std::string_view material, std::string_view authenticated)
    {
        crypto::start_gcrypt();
        if (gcry_cipher_open(&handle_, GCRY_CIPHER_SM4, GCRY_CIPHER_MODE_GCM, 0) != 0)
            throw std::runtime_error("libgcrypt offers no SM4-GCM");
        if (gcry_cipher_setkey(handle_, material.data(), sm4_key_bytes) != 0 ||
            gcry_cipher_setiv(handle_, material.data() + sm4_key_bytes, nonce_bytes) != 0 ||
            gcry_cipher_authenticate(handle_, authenticated.data(), authenticated.size()) != 0) {
            gcry_cipher_close(handle_);
            throw std::runtime_error("SM4-GCM refused its key");
        }
    }
    Sm4Gcm(const Sm4Gcm&) = delete;
    Sm4Gcm& operator=(const Sm4Gcm&) = delete;
    ~Sm4Gcm() { gcry_cipher_close(handle_); }

    void encrypt(std::string& bytes) { check(gcry_cipher_encrypt(handle_, bytes.data(), bytes.size(), nullptr, 0)); }
    void decrypt(std::string& bytes) { check(gcry_cipher_decrypt(handle_, bytes.data(), bytes.size(), nullptr, 0)); }
    std::string tag()
    {
        std::string tag(tag_bytes, '\0');
        check(gcry_cipher_gettag(handle_, tag.data(), tag.size()));
        return tag;
    }
    bool has_tag(std::string_view tag) { return gcry_cipher_checktag(handle_, tag.data(), tag.size()) == 0; }

private:
    static void check(gcry_error_t outcome)
    {
        if (outcome != 0) throw std::runtime_error(fmt::format("SM4-GCM: {}", gcry_strerror(outcome)));
    }
    gcry_cipher_hd_t handle_ = nullptr;
};

class KeyedVault final : public Vault {
public:
    explicit KeyedVault(std::string platform_key) : platform_key_(std::move(platform_key))
    {
        if (platform_key_.size() != platform_key_bytes) throw std::invalid_argument("platform key is not 32 bytes");
    }

    std::string seal(Agency agency, std::string_view plain) override
    {
        std::string seed(seed_bytes, '\0');
        if (RAND_bytes(reinterpret_cast<unsigned char*>(seed.data()), static_cast<int>(seed.size())) != 1)
            throw std::runtime_error("no entropy");
        Sm4Gcm cipher(crypto::hmac_sm3(keys_of(agency).sealing, seed), authenticated(agency));
        std::string bytes(plain);
        cipher.encrypt(bytes);
        return std::string(prefix) + crypto::to_base64url(seed + bytes + cipher.tag());
    }

    std::string open(Agency agency, std::string_view sealed) override
    {
        if (!sealed.starts_with(prefix)) throw std::runtime_error("sealed value of an unknown version");
        const auto raw = crypto::from_base64url(sealed.substr(prefix.size()));
        if (!raw || raw->size() < seed_bytes + tag_bytes) throw std::runtime_error("sealed value is malformed");
        const std::string_view parts = *raw;
        std::string bytes(parts.substr(seed_bytes, parts.size() - seed_bytes - tag_bytes));
        Sm4Gcm cipher(crypto::hmac_sm3(keys_of(agency).sealing, parts.substr(0, seed_bytes)), authenticated(agency));
        cipher.decrypt(bytes);
        if (!cipher.has_tag(parts.substr(parts.size() - tag_bytes)))
            throw std::runtime_error("sealed value is damaged, or sealed for another agency or under another key");
        return bytes;
    }

    std::string digest(Agency agency, std::string_view plain) override
    {
        return hmac_sm3_hex(keys_of(agency).digesting, plain);
    }

private:
    struct Keys {
        std::string sealing;
        std::string digesting;
    };

    static std::string authenticated(Agency agency) { return fmt::format("tongban.vault.v1|{}", agency); }

    // References stay valid: a map never moves its nodes, and nothing is ever removed.
    const Keys& keys_of(Agency agency)
    {
        {
            const std::shared_lock lock(mutex_);
            if (const auto found = keys_.find(agency); found != keys_.end()) return found->second;
        }
        Keys keys{crypto::hmac_sm3(platform_key_, fmt::format("tongban.vault.seal|{}", agency)),
                  crypto::hmac_sm3(platform_key_, fmt::format("tongban.vault.digest|{}", agency))};
        const std::unique_lock lock(mutex_);
        return keys_.try_emplace(agency, std::move(keys)).first->second;
    }

    const std::string platform_key_;
    std::shared_mutex mutex_;
    std::map<Agency, Keys> keys_;
};

}  // namespace

std::unique_ptr<Vault> make_vault(std::string_view platform_key)
{
    return std::make_unique<KeyedVault>(std::string(platform_key));
}

std::unique_ptr<Vault> open_vault(const std::filesystem::path& key_file, KeyFile mode)
{
    if (!std::filesystem::exists(key_file)) {
        if (mode == KeyFile::must_exist)
            throw std::runtime_error(fmt::format("platform key file {} is missing", key_file.string()));
        std::string key(platform_key_bytes, '\0');
        if (RAND_bytes(reinterpret_cast<unsigned char*>(key.data()), static_cast<int>(key.size())) != 1)
            throw std::runtime_error("no entropy");
        crypto::create_key_file(key_file, crypto::to_hex(key) + "\n");
    }
    std::string text = crypto::read_key_file(key_file);
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    const auto key = crypto::from_hex(text);
    if (!key || key->size() != platform_key_bytes)
        throw std::runtime_error(fmt::format("platform key file {} does not hold 64 hex digits", key_file.string()));
    return make_vault(*key);
}

}  // namespace tongban
