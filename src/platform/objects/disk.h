#pragma once
// The few calls by which the object store touches the disk, behind an interface so that tests can make the disk fail.

#include <sys/types.h>
#include <cstddef>
#include <cstdint>
#include <string>

namespace tongban {

// As the system calls: -1 and errno on failure, short writes allowed. Thread-safe.
class Disk {
public:
    virtual ~Disk() = default;
    virtual ssize_t write(int fd, const char* bytes, std::size_t count);
    virtual int sync(int fd);  // fsync
    virtual int rename(const std::string& from, const std::string& to);
    virtual std::uint64_t free_bytes(const std::string& folder);  // for unprivileged users; throws on failure
};

// Exactly `count` bytes at `offset`; false at the end of the file, throws on failure.
bool read_exactly(int fd, char* to, std::size_t count, std::uint64_t offset);

}  // namespace tongban
