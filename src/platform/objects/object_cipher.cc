#include "platform/objects/object_cipher.h"

#include <algorithm>
#include <mutex>
#include <stdexcept>

#include "base/result.h"

namespace tongban {
namespace {

constexpr std::string_view magic{"TBOBJ1\0\n", 8};

void check(gcry_error_t error, const char* what)
{
    if (error != 0) throw std::runtime_error(std::string(what) + ": " + gcry_strerror(error));
}

std::string little_endian(std::uint32_t value)
{
    std::string text;
    for (int i = 0; i < 4; ++i) text.push_back(static_cast<char>(value >> (8 * i) & 0xff));
    return text;
}

}  // namespace

void start_gcrypt()
{
    static std::once_flag once;
    std::call_once(once, [] {
        if (gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P) != 0) return;
        if (gcry_check_version(GCRYPT_VERSION) == nullptr) throw std::runtime_error("libgcrypt is too old");
        gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
        gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
    });
}

std::uint64_t object_file_bytes(std::uint64_t bytes)
{
    const std::uint64_t chunks = (bytes + object_chunk_bytes - 1) / object_chunk_bytes;
    return object_header_bytes + bytes + chunks * object_tag_bytes + object_trailer_bytes;
}

ObjectCipher::ObjectCipher(std::string_view master_key, std::string_view salt)
{
    TONGBAN_ASSERT(master_key.size() >= 16 && salt.size() == 16);
    gcry_md_hd_t mac = nullptr;
    check(gcry_md_open(&mac, GCRY_MD_SM3, GCRY_MD_FLAG_HMAC), "HMAC-SM3");
    check(gcry_md_setkey(mac, master_key.data(), master_key.size()), "HMAC-SM3 key");
    constexpr std::string_view purpose = "tongban object 1";
    gcry_md_write(mac, purpose.data(), purpose.size());
    gcry_md_write(mac, salt.data(), salt.size());
    std::array<unsigned char, 16> key{};
    std::copy_n(gcry_md_read(mac, GCRY_MD_SM3), key.size(), key.begin());
    gcry_md_close(mac);
    check(gcry_cipher_open(&cipher_, GCRY_CIPHER_SM4, GCRY_CIPHER_MODE_GCM, 0), "SM4-GCM");
    const gcry_error_t error = gcry_cipher_setkey(cipher_, key.data(), key.size());
    if (error != 0) gcry_cipher_close(cipher_);
    check(error, "SM4 key");
}

ObjectCipher::~ObjectCipher()
{
    gcry_cipher_close(cipher_);
}

void ObjectCipher::set_nonce(Part part, std::uint64_t index)
{
    std::array<unsigned char, 12> nonce{};
    nonce[0] = static_cast<unsigned char>(part);
    for (std::size_t i = 0; i < 8; ++i) nonce[4 + i] = static_cast<unsigned char>(index >> (8 * i) & 0xff);
    check(gcry_cipher_reset(cipher_), "SM4-GCM reset");
    check(gcry_cipher_setiv(cipher_, nonce.data(), nonce.size()), "SM4-GCM nonce");
}

void ObjectCipher::encrypt(Part part, std::uint64_t index, char* bytes, std::size_t count, char* tag)
{
    set_nonce(part, index);
    check(gcry_cipher_encrypt(cipher_, bytes, count, nullptr, 0), "SM4-GCM");
    check(gcry_cipher_gettag(cipher_, tag, object_tag_bytes), "SM4-GCM tag");
}

bool ObjectCipher::decrypt(Part part, std::uint64_t index, char* bytes, std::size_t count, const char* tag)
{
    set_nonce(part, index);
    check(gcry_cipher_decrypt(cipher_, bytes, count, nullptr, 0), "SM4-GCM");
    return gcry_cipher_checktag(cipher_, tag, object_tag_bytes) == 0;
}

std::string object_header(std::string_view salt)
{
    std::string header(magic);
    header += little_endian(object_chunk_bytes);
    header += little_endian(0);
    header += salt;
    return header;
}

std::string_view salt_of_header(std::string_view header)
{
    if (header.size() != object_header_bytes) return {};
    const std::string_view salt = header.substr(16);
    return object_header(salt) == header ? salt : std::string_view{};
}

}  // namespace tongban
