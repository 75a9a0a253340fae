#include "sandbox/tax_rates.h"

#include <fmt/format.h>

namespace tongban {
namespace {

constexpr std::int64_t base_rate = 3000;  // Shandong, 契税法 3
constexpr std::int64_t square_metre = 10'000;

struct HomeRates {
    std::string_view from;
    std::int64_t small_up_to;  // square metres
    std::int64_t only[2];      // small, large
    std::int64_t second[2];
    std::string_view source;
};

// Newest first: the first whose day has come counts.
constexpr HomeRates home_rates[] = {
    {"2024-12-01", 140, {1000, 1500}, {1000, 2000}, "财政部 税务总局 住房城乡建设部公告2024年第16号"},
    {"",           90,  {1000, 1500}, {1000, 2000}, "财税〔2016〕23号"                                            },
};

std::int64_t share_of(std::int64_t fen, std::int64_t rate)
{
    return (fen * rate + 50'000) / 100'000;
}

void assess_deed(const TaxedSale& sale, TaxDue& due)
{
    due.deed_rate = base_rate;
    due.deed_basis = "《契税法》第三条，山东省适用税率3%";
    if (sale.exempt) {
        due.deed_rate = 0;
        due.deed_basis = "《契税法》第六条，免征契税";
    } else if (sale.home && sale.person && sale.homes_owned < 2) {
        const HomeRates* rates = home_rates;
        while (sale.contract_date < rates->from) ++rates;
        const bool large = sale.square_centimetres > rates->small_up_to * square_metre;
        due.deed_rate = (sale.homes_owned == 0 ? rates->only : rates->second)[large ? 1 : 0];
        due.deed_basis =
            fmt::format("{}：家庭{}住房，{}平方米{}", rates->source, sale.homes_owned == 0 ? "唯一" : "第二套",
                        rates->small_up_to, large ? "以上" : "及以下");
    }
    due.deed_fen = share_of(sale.price_fen, due.deed_rate);
}

void assess_stamp(const TaxedSale& sale, TaxDue& due)
{
    const bool exempt = sale.exempt || (sale.home && sale.person);
    due.stamp_rate = exempt ? 0 : 50;
    due.stamp_basis =
        exempt ? "财税〔2008〕137号：个人购买住房暂免征收印花税" : "《印花税法》产权转移书据，价款的万分之五";
    due.stamp_fen = share_of(sale.price_fen, due.stamp_rate);
}

}  // namespace

TaxDue tax_due(const TaxedSale& sale)
{
    TaxDue due;
    assess_deed(sale, due);
    assess_stamp(sale, due);
    return due;
}

std::int64_t square_centimetres(std::string_view area)
{
    std::int64_t value = 0;
    int decimals = -1;
    for (const char c : area) {
        if (c == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (c < '0' || c > '9' || value > 1'000'000'000) return 0;
        if (decimals >= 4) continue;
        value = value * 10 + (c - '0');
        if (decimals >= 0) ++decimals;
    }
    for (int i = decimals < 0 ? 0 : decimals; i < 4; ++i) value *= 10;
    return value;
}

}  // namespace tongban
