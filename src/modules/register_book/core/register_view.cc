#include "modules/register_book/core/register_view.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/text_table.h"

namespace tongban {

namespace json = boost::json;

namespace {

constexpr TextTable<RightStatus, 4> statuses{{{{RightStatus::provisional, "provisional"},
                                               {RightStatus::current, "current"},
                                               {RightStatus::history, "history"},
                                               {RightStatus::terminated, "terminated"}}}};
constexpr TextTable<UnitUse, 2> uses{{{{UnitUse::home, "home"}, {UnitUse::other, "other"}}}};
constexpr TextTable<UnitKind, 4> unit_kinds{{{{UnitKind::parcel, "parcel"},
                                              {UnitKind::building, "building"},
                                              {UnitKind::flat, "flat"},
                                              {UnitKind::other, "other"}}}};
constexpr TextTable<SeizureKind, 4> seizure_kinds{{{{SeizureKind::seizure, "seizure"},
                                                    {SeizureKind::waiting, "waiting"},
                                                    {SeizureKind::pre_seizure, "pre_seizure"},
                                                    {SeizureKind::waiting_pre_seizure, "waiting_pre_seizure"}}}};
constexpr TextTable<SeizureKind, 4> seizure_words{{{{SeizureKind::seizure, "查封"},
                                                    {SeizureKind::waiting, "轮候查封"},
                                                    {SeizureKind::pre_seizure, "预查封"},
                                                    {SeizureKind::waiting_pre_seizure, "轮候预查封"}}}};
constexpr TextTable<PreNoticeKind, 2> notice_kinds{
    {{{PreNoticeKind::sale, "sale"}, {PreNoticeKind::mortgage, "mortgage"}}}};

constexpr std::size_t parcel_length = 19;
constexpr std::size_t fixture_at = 19;
constexpr std::size_t flat_at = 24;

bool is_current(const RegisteredMortgage& mortgage)
{
    return mortgage.status == RightStatus::current;
}

// Every right tells which proof stands for it and since when; an ended one also how it ended.
template <class Right>
json::object right_json(const Right& right)
{
    json::object out{
        {"certificate_number", right.certificate_number     },
        {"registered_at",      utc_text(right.registered_at)},
        {"state",              to_text(right.status)        }
    };
    if (right.ended_at != 0) {
        out["ended_at"] = utc_text(right.ended_at);
        out["end_reason"] = right.end_reason;
    }
    return out;
}

json::object owner_json(const RegisteredOwner& owner)
{
    return {
        {"name",               owner.name              },
        {"number_masked",      owner.number_masked     },
        {"share",              owner.share             },
        {"certificate_number", owner.certificate_number}
    };
}

json::object mortgage_json(const RegisteredMortgage& m)
{
    json::object out = right_json(m);
    out["order"] = m.order;
    out["mortgagee"] = m.mortgagee;
    out["mortgagor"] = m.mortgagor;
    out["maximum"] = m.maximum;
    out["construction"] = m.construction;
    out["secured_amount_fen"] = m.secured_amount_fen;
    out["term_from"] = m.term_from;
    out["term_to"] = m.term_to;
    out["transfer_ban"] = m.transfer_ban;
    if (m.priority_at != m.registered_at) out["priority_at"] = utc_text(m.priority_at);
    return out;
}

json::object notice_json(const RegisteredPreNotice& n)
{
    json::object out = right_json(n);
    out["kind"] = to_text(n.kind);
    out["presale"] = n.presale;
    out["holder"] = joined_names(n.holders);
    out["obligor"] = n.obligor;
    out["contract_number"] = n.contract_number;
    out["amount_fen"] = n.amount_fen;
    return out;
}

json::object objection_json(const RegisteredObjection& o)
{
    json::object out = right_json(o);
    out["applicant"] = joined_names(o.applicants);
    out["matter"] = o.matter;
    out["until"] = o.until;
    return out;
}

json::object use_right_json(const RegisteredUseRight& r)
{
    json::object out = right_json(r);
    out["holder"] = joined_names(r.holders);
    out["range"] = r.range;
    out["from"] = r.from;
    out["until"] = r.until;
    return out;
}

json::object seizure_json(const RegisteredSeizure& s)
{
    return {
        {"organ",           s.organ                 },
        {"document_number", s.document_number       },
        {"kind",            to_text(s.kind)         },
        {"delivered_at",    utc_text(s.delivered_at)},
        {"until",           s.until                 },
        {"unit_number",     s.unit_number           }
    };
}

template <class Right, class Json>
json::array all_json(const std::vector<Right>& rights, Json&& one)
{
    json::array all;
    for (const Right& right : rights) all.push_back(one(right));
    return all;
}

}  // namespace

std::string_view to_text(RightStatus status)
{
    return statuses.text(status);
}

std::string_view to_text(UnitUse use)
{
    return uses.text(use);
}

std::string_view to_text(UnitKind kind)
{
    return unit_kinds.text(kind);
}

std::string_view to_text(SeizureKind kind)
{
    return seizure_kinds.text(kind);
}

std::string_view to_text(PreNoticeKind kind)
{
    return notice_kinds.text(kind);
}

std::string_view chinese(SeizureKind kind)
{
    return seizure_words.text(kind);
}

const UnitUse* find_unit_use(std::string_view text)
{
    return uses.find(text);
}

const SeizureKind* find_seizure_kind(std::string_view text)
{
    return seizure_kinds.find(text);
}

bool is_waiting(SeizureKind kind)
{
    return kind == SeizureKind::waiting || kind == SeizureKind::waiting_pre_seizure;
}

UnitKind unit_kind(std::string_view unit_number)
{
    if (unit_number.size() <= flat_at) return UnitKind::other;
    if (unit_number[fixture_at] == 'W') return UnitKind::parcel;
    if (unit_number[fixture_at] != 'F') return UnitKind::other;
    return unit_number.substr(flat_at) == "0000" ? UnitKind::building : UnitKind::flat;
}

std::string parcel_unit(std::string_view unit_number)
{
    return std::string(unit_number.substr(0, parcel_length)) + "W00000000";
}

std::string joined_names(const std::vector<RightHolder>& holders)
{
    std::string names;
    for (const RightHolder& holder : holders) names += (names.empty() ? "" : "、") + holder.name;
    return names;
}

OwnerShare RegisteredOwner::part() const
{
    const std::optional<OwnerShare> known = find_owner_share(share);
    if (!known) throw BrokenInvariant("an ownership has an unknown share");
    return *known;
}

RightHolder RegisteredOwner::holder() const
{
    return {name, document_type, number_masked, number_sealed, number_digest};
}

json::value to_json(const RegisterView& view)
{
    json::object out{
        {"unit_number",  view.unit_number                    },
        {"found",        view.found                          },
        {"kind",         to_text(unit_kind(view.unit_number))},
        {"status",       to_text(view.status)                },
        {"location",     view.location                       },
        {"use",          to_text(view.use)                   },
        {"area",         view.area                           },
        {"right_type",   view.right_type                     },
        {"right_nature", view.right_nature                   },
        {"structure",    view.structure                      },
        {"placeholder",  view.placeholder                    },
        {"locked",       view.locked                         }
    };
    out["owners"] = all_json(view.owners, owner_json);
    out["mortgages"] = all_json(view.mortgages, mortgage_json);
    out["pre_notices"] = all_json(view.pre_notices, notice_json);
    out["objections"] = all_json(view.objections, objection_json);
    out["residence_rights"] = all_json(view.residence_rights, use_right_json);
    out["easements"] = all_json(view.easements, use_right_json);
    out["seizures"] = all_json(view.seizures, seizure_json);
    if (!view.term_until.empty()) out["term_until"] = view.term_until;
    if (view.locked) {
        out["lock_reason"] = view.lock_reason;
        if (view.locked_at != 0) out["locked_at"] = utc_text(view.locked_at);
    }
    return out;
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
