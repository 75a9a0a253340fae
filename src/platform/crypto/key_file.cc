#include "platform/crypto/key_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace tongban::crypto {
namespace {

constexpr off_t key_file_bytes_max = 64 * 1024;

[[noreturn]] void fail(const std::string& what)
{
    throw std::system_error(errno, std::generic_category(), what);
}

class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags, mode_t mode = 0)
        : number_(::open(path.c_str(), flags | O_CLOEXEC, mode))
    {
        if (number_ < 0) fail(fmt::format("open {}", path.string()));
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { ::close(number_); }
    int number() const { return number_; }

private:
    int number_;
};

}  // namespace

void create_key_file(const std::filesystem::path& path, std::string_view content)
{
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    if (!std::filesystem::exists(folder)) {
        std::filesystem::create_directories(folder);
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    }
    const std::filesystem::path temporary = fmt::format("{}.{}.new", path.string(), ::getpid());
    {
        ::unlink(temporary.c_str());  // left by a process that died with our number
        const Descriptor file(temporary, O_WRONLY | O_CREAT | O_EXCL, 0600);
        for (std::size_t done = 0; done < content.size();) {
            const ssize_t n = ::write(file.number(), content.data() + done, content.size() - done);
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) fail("write key file");
            done += static_cast<std::size_t>(n);
        }
        if (::fsync(file.number()) != 0) fail("fsync key file");
    }
    const int linked = ::link(temporary.c_str(), path.c_str());
    const int reason = errno;
    ::unlink(temporary.c_str());
    if (linked != 0 && reason != EEXIST) {
        errno = reason;
        fail(fmt::format("create {}", path.string()));
    }
    const Descriptor directory(folder, O_RDONLY | O_DIRECTORY);
    if (::fsync(directory.number()) != 0) fail("fsync key folder");
}

std::string read_key_file(const std::filesystem::path& path)
{
    const Descriptor file(path, O_RDONLY);
    struct stat facts = {};
    if (::fstat(file.number(), &facts) != 0) fail("fstat key file");
    if ((facts.st_mode & 077) != 0)
        throw std::runtime_error(fmt::format("key file {} may be read by others; chmod 600 it", path.string()));
    if (facts.st_size > key_file_bytes_max) throw std::runtime_error("key file is too large");
    std::string content(static_cast<std::size_t>(facts.st_size), '\0');
    for (std::size_t done = 0; done < content.size();) {
        const ssize_t n = ::read(file.number(), content.data() + done, content.size() - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail("read key file");
        if (n == 0) throw std::runtime_error("key file shrank while it was read");
        done += static_cast<std::size_t>(n);
    }
    return content;
}

}  // namespace tongban::crypto
