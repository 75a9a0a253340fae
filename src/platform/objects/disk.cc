#include "platform/objects/disk.h"

#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "base/blocking.h"

namespace tongban {

ssize_t Disk::write(int fd, const char* bytes, std::size_t count)
{
    return ::write(fd, bytes, count);
}

int Disk::sync(int fd)
{
    const Blocking until_durable;
    return ::fsync(fd);
}

int Disk::rename(const std::string& from, const std::string& to)
{
    return ::rename(from.c_str(), to.c_str());
}

std::uint64_t Disk::free_bytes(const std::string& folder)
{
    struct statvfs about {};
    if (::statvfs(folder.c_str(), &about) != 0) throw std::system_error(errno, std::generic_category(), "statvfs");
    return std::uint64_t{about.f_bavail} * about.f_frsize;
}

bool read_exactly(int fd, char* to, std::size_t count, std::uint64_t offset)
{
    while (count > 0) {
        const ssize_t got = ::pread(fd, to, count, static_cast<off_t>(offset));
        if (got == 0) return false;
        if (got < 0) {
            if (errno == EINTR) continue;
            throw std::system_error(errno, std::generic_category(), "read an object");
        }
        to += got;
        count -= static_cast<std::size_t>(got);
        offset += static_cast<std::uint64_t>(got);
    }
    return true;
}

}  // namespace tongban
