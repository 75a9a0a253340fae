#pragma once
// How an object lies on disk. Internal to platform/objects.
//
//   header   8 bytes magic and version "TBOBJ1\0\n", 4 bytes chunk size (little endian), 4 zero bytes, 16 bytes salt
//   chunks   64 KB of plaintext each (the last one shorter, never empty), SM4-GCM, each followed by its 16-byte tag
//   trailer  SM4-GCM of 32 bytes SM3 digest of the plaintext and 8 bytes length (little endian), and its tag
//
// The key of a file is HMAC-SM3(master key, "tongban object 1" ‖ salt), cut to 16 bytes: new for every file, so that
// nonces can be counters. A nonce is 1 byte kind (chunk, last chunk, trailer), 3 zero bytes, 8 bytes chunk index:
// moving, dropping or repeating chunks fails authentication. The trailer ties the content to the object's name.

#include <gcrypt.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace tongban {

inline constexpr std::size_t object_chunk_bytes = 64 * 1024;
inline constexpr std::size_t object_tag_bytes = 16;
inline constexpr std::size_t object_header_bytes = 32;
inline constexpr std::size_t object_trailer_bytes = 40 + object_tag_bytes;

// Sizes of header, chunks with tags, and trailer for a plaintext of `bytes`.
std::uint64_t object_file_bytes(std::uint64_t bytes);

// Initialises libgcrypt for the process, once; harmless when somebody else did.
void start_gcrypt();

class ObjectCipher {
public:
    enum class Part : unsigned char { chunk = 0, last_chunk = 1, trailer = 2 };

    ObjectCipher(std::string_view master_key, std::string_view salt);  // 16 bytes of salt
    ~ObjectCipher();
    ObjectCipher(const ObjectCipher&) = delete;
    ObjectCipher& operator=(const ObjectCipher&) = delete;

    // In place; the tag is written to `tag`.
    void encrypt(Part part, std::uint64_t index, char* bytes, std::size_t count, char* tag);
    // In place; false when the tag does not fit (the bytes are then worthless).
    [[nodiscard]] bool decrypt(Part part, std::uint64_t index, char* bytes, std::size_t count, const char* tag);

private:
    void set_nonce(Part part, std::uint64_t index);
    gcry_cipher_hd_t cipher_ = nullptr;
};

std::string object_header(std::string_view salt);
// The salt, or empty when this is no header of ours.
std::string_view salt_of_header(std::string_view header);

}  // namespace tongban
