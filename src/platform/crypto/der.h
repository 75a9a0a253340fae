#pragma once
// DER (X.690), as much as electronic seals need: building from the inside out, and a reader that accepts nothing but
// DER: definite lengths in their shortest form, no element longer than what holds it.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace tongban::der {

inline constexpr int integer_tag = 0x02;
inline constexpr int bits_tag = 0x03;
inline constexpr int octets_tag = 0x04;
inline constexpr int object_tag = 0x06;
inline constexpr int utf8_tag = 0x0C;
inline constexpr int ia5_tag = 0x16;
inline constexpr int time_tag = 0x18;  // GeneralizedTime
inline constexpr int sequence_tag = 0x30;
inline constexpr int set_tag = 0x31;
inline constexpr int context_tag = 0xA0;  // [0] EXPLICIT

std::string element(int tag, std::string_view content);
std::string sequence(std::initializer_list<std::string_view> parts);
std::string integer(std::int64_t value);  // not negative
std::string octets(std::string_view bytes);
std::string bits(std::string_view bytes);  // whole bytes
std::string ia5(std::string_view text);
std::string utf8(std::string_view text);
std::string time(Millis at);                  // to the second, UTC
std::string object(std::string_view dotted);  // 1.2.156.10197.1.501

struct Element {
    int tag = 0;
    std::string_view content;
    std::string_view whole;
};

class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}
    bool at_end() const { return rest_.empty(); }
    std::optional<Element> next();
    std::optional<Element> next(int tag);  // nothing when another one comes
    bool comes(int tag) const { return !rest_.empty() && static_cast<unsigned char>(rest_[0]) == tag; }

private:
    std::string_view rest_;
};

// Elements all the way down, each with the tag in its one right form: sequences and sets constructed, everything else
// of the universal class primitive. Readers that are forgiving take a set (0x31) for the same when a bit of it is gone.
bool is_plain(std::string_view bytes, int levels_max = 40);

std::optional<std::int64_t> integer_of(const Element& element);
std::optional<std::string_view> bits_of(const Element& element);  // whole bytes only
std::optional<Millis> time_of(const Element& element);            // GeneralizedTime "YYYYMMDDHHMMSSZ"

}  // namespace tongban::der
