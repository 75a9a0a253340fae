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

}  // namespace tongban
