#pragma once
// One object on its way to disk. Internal to platform/objects.

#include <gcrypt.h>

#include <memory>
#include <string>

#include "platform/objects/local_objects.h"
#include "platform/objects/object_cipher.h"

namespace tongban {

class LocalObjectWriter : public ObjectWriter {
public:
    LocalObjectWriter(LocalObjects& store, std::uint64_t bytes_max);
    ~LocalObjectWriter() override;
    LocalObjectWriter(const LocalObjectWriter&) = delete;
    LocalObjectWriter& operator=(const LocalObjectWriter&) = delete;

    Result<void> begin();  // makes the temporary file; to be called once, before write()
    Result<void> write(std::string_view chunk) override;
    std::unique_ptr<ByteRanges> written() override;
    Result<StoredObject> commit() override;

private:
    Error fail_full();                       // gives everything back
    std::string chunk(std::uint64_t index);  // as plaintext again, from the file or from what is on its way there
    void seal_chunk(ObjectCipher::Part part);
    Result<void> put_out();  // what is sealed goes to the file
    Result<bool> reuse_existing(const std::string& path, std::string_view digest);
    Result<void> sync(int fd, const char* what);
    void close_and_remove();

    LocalObjects& store_;
    const std::uint64_t bytes_max_;
    std::string temporary_;
    int fd_ = -1;
    std::unique_ptr<ObjectCipher> cipher_;
    gcry_md_hd_t digest_ = nullptr;
    std::string out_;              // sealed bytes, then the open chunk
    std::size_t chunk_begin_ = 0;  // where the open chunk starts in out_
    std::uint64_t chunk_index_ = 0;
    std::uint64_t bytes_ = 0;
    std::uint64_t reserved_ = 0;  // of the store's total
    std::uint64_t file_bytes_ = 0;
    std::uint64_t checked_at_ = 0;
};

}  // namespace tongban
