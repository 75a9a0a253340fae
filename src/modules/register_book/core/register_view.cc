#include "modules/register_book/core/register_view.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/text_table.h"

namespace tongban {

namespace json = boost::json;

namespace {

constexpr TextTable<UnitUse, 2> uses{{{{UnitUse::home, "home"}, {UnitUse::other, "other"}}}};
constexpr TextTable<SeizureKind, 2> seizure_kinds{
    {{{SeizureKind::seizure, "seizure"}, {SeizureKind::waiting, "waiting"}}}};

bool is_current(const RegisteredMortgage& mortgage)
{
    return mortgage.status == RightStatus::current;
}

json::object mortgage_json(const RegisteredMortgage& m)
{
    return {
        {"order",              m.order                                 },
        {"mortgagee",          m.mortgagee                             },
        {"secured_amount_fen", m.secured_amount_fen                    },
        {"transfer_ban",       m.transfer_ban                          },
        {"certificate_number", m.certificate_number                    },
        {"registered_at",      utc_text(m.registered_at)               },
        {"state",              is_current(m) ? "current" : "terminated"}
    };
}

json::object seizure_json(const RegisteredSeizure& s)
{
    return {
        {"organ",           s.organ                 },
        {"document_number", s.document_number       },
        {"kind",            to_text(s.kind)         },
        {"delivered_at",    utc_text(s.delivered_at)},
        {"until",           s.until                 }
    };
}

}  // namespace

std::string_view to_text(UnitUse use)
{
    return uses.text(use);
}

std::string_view to_text(SeizureKind kind)
{
    return seizure_kinds.text(kind);
}

const UnitUse* find_unit_use(std::string_view text)
{
    return uses.find(text);
}

const SeizureKind* find_seizure_kind(std::string_view text)
{
    return seizure_kinds.find(text);
}

json::value to_json(const RegisterView& view)
{
    json::array owners;
    for (const RegisteredOwner& owner : view.owners) {
        owners.push_back(json::object{
            {"name",               owner.name              },
            {"number_masked",      owner.number_masked     },
            {"share",              owner.share             },
            {"certificate_number", owner.certificate_number}
        });
    }
    json::array mortgages;
    for (const RegisteredMortgage& mortgage : view.mortgages) mortgages.push_back(mortgage_json(mortgage));
    json::array seizures;
    for (const RegisteredSeizure& seizure : view.seizures) seizures.push_back(seizure_json(seizure));
    return json::object{
        {"unit_number",  view.unit_number    },
        {"found",        view.found          },
        {"location",     view.location       },
        {"use",          to_text(view.use)   },
        {"area",         view.area           },
        {"right_type",   view.right_type     },
        {"right_nature", view.right_nature   },
        {"structure",    view.structure      },
        {"owners",       std::move(owners)   },
        {"mortgages",    std::move(mortgages)},
        {"seizures",     std::move(seizures) }
    };
}

std::size_t current_mortgages(const RegisterView& view)
{
    return static_cast<std::size_t>(std::ranges::count_if(view.mortgages, is_current));
}

std::int64_t next_mortgage_order(const RegisterView& view)
{
    std::int64_t highest = 0;
    for (const RegisteredMortgage& mortgage : view.mortgages) {
        if (is_current(mortgage)) highest = std::max(highest, mortgage.order);
    }
    return highest + 1;
}

}  // namespace tongban
