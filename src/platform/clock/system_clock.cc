#include "platform/clock/system_clock.h"

#include <fmt/format.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <span>
#include <system_error>

#include "base/result.h"

namespace tongban {
namespace {

std::string hex(std::span<const unsigned char> bytes)
{
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const unsigned char byte : bytes) {
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 15]);
    }
    return text;
}

}  // namespace

void fill_random(void* to, std::size_t bytes)
{
    auto* at = static_cast<unsigned char*>(to);
    while (bytes > 0) {
        const ssize_t got = getrandom(at, bytes, 0);
        if (got < 0) {
            if (errno == EINTR) continue;
            throw std::system_error(errno, std::generic_category(), "getrandom");
        }
        at += got;
        bytes -= static_cast<std::size_t>(got);
    }
}

Millis SystemClock::now()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::string SystemIds::next()
{
    std::array<unsigned char, 8> chance{};
    fill_random(chance.data(), chance.size());
    std::uint64_t stamp = static_cast<std::uint64_t>(SystemClock{}.now()) << 12;
    {
        // The 12 bits after the version count within a millisecond; an overflow borrows from the next millisecond.
        const std::lock_guard lock(mutex_);
        stamp = std::max(stamp, last_ + 1);
        last_ = stamp;
    }
    const std::uint64_t ms = stamp >> 12;
    chance[0] = static_cast<unsigned char>((chance[0] & 0x3f) | 0x80);
    const std::string tail = hex(chance);
    return fmt::format("{:08x}-{:04x}-7{:03x}-{}-{}", ms >> 16, ms & 0xffff, stamp & 0xfff, tail.substr(0, 4),
                       tail.substr(4));
}

std::string SystemIds::secret(int bytes)
{
    TONGBAN_ASSERT(bytes > 0 && bytes <= 64);
    std::array<unsigned char, 64> chance{};
    const std::span<unsigned char> used(chance.data(), static_cast<std::size_t>(bytes));
    fill_random(used.data(), used.size());
    return hex(used);
}

}  // namespace tongban
