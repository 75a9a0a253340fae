#include "modules/materials/core/party_set.h"

#include <algorithm>
#include <string>

namespace tongban {
namespace {

class PartySet {
public:
    PartySet(std::span<const Party> parties, const Item& item) : parties_(parties), item_(item) {}

    std::vector<FieldError> faults()
    {
        for (const RoleRule& rule : item_.roles) count(rule);
        for (std::size_t i = 0; i < parties_.size(); ++i) {
            const Party& party = parties_[i];
            check_role(i, party);
            for (std::size_t k = 0; k < i; ++k) {
                if (party.number_digest == parties_[k].number_digest) compare(i, party, parties_[k]);
            }
            if (party.acts()) {
                check_principal(i, party);
            } else if (party.kind == PartyKind::organisation && !has_agent(party)) {
                add(i, "id", "missing_agent", party.name + "还没有代理人");
            }
        }
        return std::move(faults_);
    }

private:
    void add(std::size_t i, std::string_view field, std::string code, std::string detail)
    {
        faults_.push_back({"/" + std::to_string(i) + "/" + std::string(field), std::move(code), std::move(detail)});
    }

    const Party* find(std::string_view id) const
    {
        const auto found = std::ranges::find(parties_, id, &Party::id);
        return found == parties_.end() ? nullptr : &*found;
    }

    // The side of a party, or of whom he acts for; nothing when that is not clear.
    const Side* side_of(const Party& party) const
    {
        const Party* principal = party.acts() ? find(party.represents) : &party;
        if (principal == nullptr) return nullptr;
        const RoleRule* rule = item_.find_role(to_text(principal->role));
        return rule == nullptr ? nullptr : &rule->side;
    }

    bool opposed(const Party& a, const Party& b) const
    {
        const Side* left = side_of(a);
        const Side* right = side_of(b);
        return left != nullptr && right != nullptr && *left != *right;
    }

    // His principal's consent stands in the power of attorney.
    static bool both_agreed(const Party& party) { return party.power && party.power->both_sides_agreed; }

    bool has_agent(const Party& party) const
    {
        return std::ranges::any_of(parties_, [&](const Party& other) {
            return other.role == PartyRole::agent && other.represents == party.id;
        });
    }

    void count(const RoleRule& rule)
    {
        const PartyRole role = *find_party_role(rule.role);
        const auto present = std::ranges::count(parties_, role, &Party::role);
        const std::string name(chinese(role));
        if (present < rule.min) faults_.push_back({"", "missing_" + rule.role, "还没有" + name});
        if (present > rule.max)
            faults_.push_back({"", "too_many_" + rule.role, name + "最多 " + std::to_string(rule.max) + " 人"});
    }

    void check_role(std::size_t i, const Party& party)
    {
        const std::string name(chinese(party.role));
        if (!allows_role(item_, party.role)) {
            add(i, "role", "not_a_choice", "本事项没有" + name);
            return;
        }
        const RoleRule* rule = item_.find_role(to_text(party.role));
        if (rule == nullptr) return;
        const bool fine = party.kind == PartyKind::person ? rule->persons : rule->organisations;
        if (!fine) add(i, "kind", "not_a_choice", name + (rule->persons ? "应为自然人" : "应为单位"));
    }

    // Two entries with the same document.
    void compare(std::size_t i, const Party& party, const Party& other)
    {
        if (party.acts() && other.acts()) {
            // One agent may act for several on one side, not for both sides.
            if (party.represents == other.represents) {
                add(i, "number", "twice", "同一代理人重复登记");
            } else if (opposed(party, other) && !(both_agreed(party) && both_agreed(other))) {
                add(i, "represents", "both_sides",
                    "代理人不得同时代理双方，双方委托人都书面同意的除外（民法典第一百六十八条）");
            }
        } else if (party.role == other.role) {
            add(i, "number", "twice", "同一证件号码重复登记");
        } else if (!party.acts() && !other.acts() && opposed(party, other)) {
            add(i, "number", "both_sides",
                "同一人不得既是" + std::string(chinese(other.role)) + "又是" + std::string(chinese(party.role)));
        }
    }

    void check_principal(std::size_t i, const Party& party)
    {
        const Party* principal = find(party.represents);
        const std::string name(chinese(party.role));
        if (principal == nullptr) {
            add(i, "represents", "not_found", "被" + name.substr(0, name.size() - 3) + "人不在当事人之中");
        } else if (principal->role == party.role || principal->role == PartyRole::agent) {
            add(i, "represents", "not_a_choice", "不能代另一" + std::string(chinese(principal->role)) + "办理");
        } else if (party.role == PartyRole::guardian && principal->kind != PartyKind::person) {
            add(i, "represents", "not_a_choice", "只有自然人有监护人");
        } else {
            // He may be a party himself, but not the other side of the one he acts for.
            const bool opponent = std::ranges::any_of(parties_, [&](const Party& other) {
                return !other.acts() && other.number_digest == party.number_digest && opposed(other, *principal);
            });
            if (opponent && !both_agreed(party)) {
                add(i, "represents", "both_sides", "当事人不得代理对方，委托人书面同意的除外（民法典第一百六十八条）");
            }
        }
    }

    std::span<const Party> parties_;
    const Item& item_;
    std::vector<FieldError> faults_;
};

}  // namespace

std::vector<FieldError> party_set_faults(std::span<const Party> parties, const Item& item)
{
    return PartySet(parties, item).faults();
}

bool allows_role(const Item& item, PartyRole role)
{
    if (role == PartyRole::agent) return item.agents;
    if (role == PartyRole::guardian) return true;
    return item.find_role(to_text(role)) != nullptr;
}

}  // namespace tongban
