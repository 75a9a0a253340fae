#pragma once
// The object store: immutable bytes named by the SM3 digest of their plaintext; encrypted at rest. Storing the same
// bytes twice stores them once. Local directory by default, S3 by configuration (platform/objects).

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/byte_ranges.h"
#include "base/http.h"
#include "base/result.h"

namespace tongban {

struct StoredObject {
    std::string digest;  // SM3 of the plaintext, 64 lower-case hex digits: the object's name
    std::uint64_t bytes = 0;
};

namespace object_problem {
inline constexpr Problem storage_full{"objects.storage_full", Kind::storage_full, Retry::later,
                                      "存储空间不足，文件未保存"};
inline constexpr Problem too_large{"objects.too_large", Kind::too_large, Retry::after_fix, "文件超过大小上限"};
inline constexpr Problem not_found{"objects.not_found", Kind::not_found, Retry::never, "没有找到这个文件"};
inline constexpr Problem damaged{"objects.damaged", Kind::internal, Retry::never, "存储的文件校验不一致"};
inline constexpr const Problem* all[] = {&storage_full, &too_large, &not_found, &damaged};
}  // namespace object_problem

// An object being received. Destroyed without commit() it leaves nothing behind.
class ObjectWriter {
public:
    virtual ~ObjectWriter() = default;
    virtual Result<void> write(std::string_view chunk) = 0;
    // What was written so far, to be looked into before it is kept. Good until the next write() or commit(); holds
    // about a megabyte whatever the size.
    virtual std::unique_ptr<ByteRanges> written() = 0;
    // Returns after the bytes and their directory entry are durable (fsync), never before.
    virtual Result<StoredObject> commit() = 0;
};

// Thread-safe.
class ObjectStore {
public:
    virtual ~ObjectStore() = default;
    // `bytes_max`: the limit for this object; exceeding it makes write() answer too_large.
    virtual Result<std::unique_ptr<ObjectWriter>> create(std::uint64_t bytes_max) = 0;
    virtual Result<std::unique_ptr<BodySource>> open(std::string_view digest) = 0;  // decrypts and authenticates
    virtual Result<std::string> read(std::string_view digest, std::uint64_t bytes_max) = 0;
    virtual bool exists(std::string_view digest) = 0;
};

Result<StoredObject> store_bytes(ObjectStore& store, std::string_view bytes);

}  // namespace tongban
