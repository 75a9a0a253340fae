#include "modules/register_book/core/shares.h"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "base/text_table.h"

namespace tongban {

namespace {

constexpr std::int64_t denominator_max = 1'000'000'000;
constexpr std::string_view sole_text = "单独所有";
constexpr std::string_view joint_text = "共同共有";

constexpr TextTable<CoOwnership, 3> forms{
    {{{CoOwnership::sole, "sole"}, {CoOwnership::joint, "joint"}, {CoOwnership::shares, "shares"}}}};

std::optional<std::int64_t> positive(std::string_view digits)
{
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (fault != std::errc{} || end != digits.data() + digits.size() || value <= 0) return std::nullopt;
    return value;
}

// Unlike Fraction it may be beyond one. Nothing when it does not fit into 64 bits.
struct Sum {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;
};

std::optional<Sum> plus(const Sum& sum, const Fraction& part)
{
    const std::int64_t common = std::gcd(sum.denominator, part.denominator);
    Sum result;
    std::int64_t left = 0;
    std::int64_t right = 0;
    if (__builtin_mul_overflow(sum.denominator / common, part.denominator, &result.denominator) ||
        __builtin_mul_overflow(sum.numerator, part.denominator / common, &left) ||
        __builtin_mul_overflow(part.numerator, sum.denominator / common, &right) ||
        __builtin_add_overflow(left, right, &result.numerator))
        return std::nullopt;
    const std::int64_t lowest = std::gcd(result.numerator, result.denominator);
    return Sum{result.numerator / lowest, result.denominator / lowest};
}

std::optional<Sum> sum_of(std::span<const OwnerShare> shares)
{
    Sum sum;
    for (const OwnerShare& share : shares) {
        const std::optional<Sum> more = plus(sum, share.part);
        if (!more) return std::nullopt;
        sum = *more;
    }
    return sum;
}

}  // namespace

std::string_view to_text(CoOwnership form)
{
    return forms.text(form);
}

std::string to_text(const OwnerShare& share)
{
    switch (share.form) {
    case CoOwnership::sole: return std::string(sole_text);
    case CoOwnership::joint: return std::string(joint_text);
    case CoOwnership::shares: break;
    }
    return std::to_string(share.part.numerator) + "/" + std::to_string(share.part.denominator);
}

std::optional<OwnerShare> find_owner_share(std::string_view text)
{
    if (text == sole_text) return OwnerShare{CoOwnership::sole, {}};
    if (text == joint_text) return OwnerShare{CoOwnership::joint, {}};
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto numerator = positive(text.substr(0, slash));
    const auto denominator = positive(text.substr(slash + 1));
    if (!numerator || !denominator || *numerator > *denominator) return std::nullopt;
    const std::int64_t common = std::gcd(*numerator, *denominator);
    if (*denominator / common > denominator_max) return std::nullopt;
    return OwnerShare{
        CoOwnership::shares, {*numerator / common, *denominator / common}
    };
}

Whole whole_of(std::span<const OwnerShare> shares)
{
    if (shares.empty()) return Whole::less;
    const auto in_form = [&](CoOwnership form) { return std::ranges::count(shares, form, &OwnerShare::form); };
    if (in_form(CoOwnership::sole) > 0) return shares.size() == 1 ? Whole::exact : Whole::beyond;
    if (const auto joint = in_form(CoOwnership::joint); joint > 0)
        return static_cast<std::size_t>(joint) == shares.size() ? Whole::exact : Whole::beyond;
    const std::optional<Sum> sum = sum_of(shares);
    if (!sum || sum->numerator > sum->denominator) return Whole::beyond;
    return sum->numerator == sum->denominator ? Whole::exact : Whole::less;
}

std::optional<Fraction> sum_of_shares(std::span<const OwnerShare> shares)
{
    if (std::ranges::any_of(shares, [](const OwnerShare& s) { return s.form != CoOwnership::shares; })) {
        return Fraction{};
    }
    const std::optional<Sum> sum = sum_of(shares);
    if (!sum || sum->numerator > sum->denominator) return std::nullopt;
    return Fraction{sum->numerator, sum->denominator};
}

bool at_least(std::span<const OwnerShare> shares, Fraction wanted)
{
    if (std::ranges::any_of(shares, [](const OwnerShare& s) { return s.form != CoOwnership::shares; })) return true;
    const std::optional<Sum> sum = sum_of(shares);
    if (!sum) return false;
    std::int64_t have = 0;
    std::int64_t need = 0;
    if (__builtin_mul_overflow(sum->numerator, wanted.denominator, &have) ||
        __builtin_mul_overflow(wanted.numerator, sum->denominator, &need))
        return false;
    return have >= need;
}

}  // namespace tongban
