#include "platform/images/page_renderer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "base/blocking.h"
#include "base/imaging.h"

namespace tongban::images {
namespace {

constexpr rlim_t memory_bytes_max = 1024UL * 1024 * 1024;
constexpr rlim_t cpu_seconds_max = 20;
constexpr rlim_t output_bytes_max = 64UL * 1024 * 1024;
constexpr int wall_milliseconds_max = 40'000;
constexpr const char* program = "/usr/bin/pdftocairo";

[[noreturn]] void fail(const char* what)
{
    throw std::system_error(errno, std::generic_category(), what);
}

// A file in memory: no temporary file to clean up, no pipe to keep flowing.
class MemoryFile {
public:
    explicit MemoryFile(const char* name) : number_(::memfd_create(name, MFD_CLOEXEC))
    {
        if (number_ < 0) fail("memfd_create");
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { ::close(number_); }
    int number() const { return number_; }

    void fill(std::string_view bytes)
    {
        for (std::size_t done = 0; done < bytes.size();) {
            const ssize_t n = ::write(number_, bytes.data() + done, bytes.size() - done);
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) fail("write page input");
            done += static_cast<std::size_t>(n);
        }
        if (::lseek(number_, 0, SEEK_SET) != 0) fail("rewind page input");
    }

    std::string content()
    {
        struct stat facts = {};
        if (::fstat(number_, &facts) != 0) fail("stat page output");
        std::string bytes(static_cast<std::size_t>(facts.st_size), '\0');
        for (std::size_t done = 0; done < bytes.size();) {
            const ssize_t n = ::pread(number_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) fail("read page output");
            done += static_cast<std::size_t>(n);
        }
        return bytes;
    }

private:
    int number_;
};

// Runs in the child between fork and exec: only async-signal-safe calls.
[[noreturn]] void become_renderer(int input, int output, char* const* arguments)
{
    const auto limit = [](auto what, rlim_t most) {
        const struct rlimit value = {most, most};
        return ::setrlimit(what, &value) == 0;
    };
    char* const no_environment[] = {nullptr};
    const bool ready = ::dup2(input, 0) == 0 && ::dup2(output, 1) == 1 && ::dup2(output, 2) >= 0 && ::close(2) == 0 &&
                       ::open("/dev/null", O_WRONLY) == 2 && ::syscall(SYS_close_range, 3U, ~0U, 0U) == 0 &&
                       limit(RLIMIT_AS, memory_bytes_max) && limit(RLIMIT_CPU, cpu_seconds_max) &&
                       limit(RLIMIT_FSIZE, output_bytes_max) && limit(RLIMIT_CORE, 0) &&
                       ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                       ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0;
    if (ready) ::execve(program, arguments, no_environment);
    ::_exit(127);
}

// The exit status; the child is killed when it needs too long.
int wait_for(pid_t child)
{
    const Blocking until_rendered;
    const int watch = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
    if (watch >= 0) {
        struct pollfd one = {watch, POLLIN, 0};
        while (true) {
            const int ready = ::poll(&one, 1, wall_milliseconds_max);
            if (ready < 0 && errno == EINTR) continue;
            if (ready == 0) ::kill(child, SIGKILL);
            break;
        }
        ::close(watch);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR) fail("wait for pdftocairo");
    return status;
}

}  // namespace

Result<std::string> render_page(std::string_view pdf, int page, int longer_side)
{
    MemoryFile input("page-input");
    input.fill(pdf);
    MemoryFile output("page-output");
    std::array<std::string, 11> words{std::string(program),
                                      "-jpeg",
                                      "-singlefile",
                                      "-f",
                                      fmt::format("{}", page),
                                      "-l",
                                      fmt::format("{}", page),
                                      "-scale-to",
                                      fmt::format("{}", longer_side),
                                      "-",
                                      "-"};
    std::array<char*, 12> arguments{};
    for (std::size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
    const pid_t child = ::fork();
    if (child < 0) fail("fork");
    if (child == 0) become_renderer(input.number(), output.number(), arguments.data());
    const int status = wait_for(child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        throw std::runtime_error("pdftocairo cannot be started; install the package poppler-utils");
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return Error{imaging_problem::damaged, "这一页无法显示"};
    return output.content();
}

}  // namespace tongban::images
