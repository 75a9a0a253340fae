#pragma once
// Parts of ownership as exact fractions: two thirds is 2/3 and never 66.67 % (民法典 301). Pure.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tongban {

// 共有方式 (domain.md 2.3)
enum class CoOwnership { sole, joint, shares };  // 单独所有 共同共有 按份共有

// Always in lowest terms, 0 < numerator <= denominator <= 1,000,000,000.
struct Fraction {
    std::int64_t numerator = 1;
    std::int64_t denominator = 1;
    friend bool operator==(const Fraction&, const Fraction&) = default;
};

struct OwnerShare {
    CoOwnership form = CoOwnership::sole;
    Fraction part;  // of `shares`; otherwise 1/1
    friend bool operator==(const OwnerShare&, const OwnerShare&) = default;
};

std::string_view to_text(CoOwnership form);  // sole, joint, shares
// As the register writes it: 单独所有, 共同共有, 1/2.
std::string to_text(const OwnerShare& share);
// Nothing for any other text. 2/4 reads as 1/2.
std::optional<OwnerShare> find_owner_share(std::string_view text);

enum class Whole { less, exact, beyond };
// What the shares of all owners make together. A sole owner beside anybody, joint owners beside owners by shares and
// denominators that cannot be added exactly count as beyond: none of them may stand in the register.
Whole whole_of(std::span<const OwnerShare> shares);

// What they make together, in lowest terms; joint and sole owners are the whole. Nothing when it cannot be added
// exactly or is more than the whole.
std::optional<Fraction> sum_of_shares(std::span<const OwnerShare> shares);

// Do these shares make at least `wanted` of the whole? Joint and sole owners count as the whole.
bool at_least(std::span<const OwnerShare> shares, Fraction wanted);

}  // namespace tongban
