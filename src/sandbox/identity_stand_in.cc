#include "sandbox/identity_stand_in.h"

#include <optional>

#include "base/codes.h"
#include "sandbox/demo_people.h"

namespace tongban {
namespace {

std::string_view authority_for(std::string_view document)
{
    if (document == "credit_code") return "market";
    return document == "citizen_card" || document == "residence_permit" ? "police" : "immigration";
}

// Documents without a check digit are known only when somebody of the demonstration has them.
bool may_exist(std::string_view document, std::string_view number)
{
    if (document == "credit_code") return bool(check_credit_code(number));
    if (document == "citizen_card" || document == "residence_permit") return bool(check_citizen_number(number));
    return false;
}

// The name that goes with the document today, and the one before.
struct OnRecord {
    std::string_view name;
    std::string_view former;
};

std::optional<OnRecord> find_record(std::string_view document, std::string_view number)
{
    if (document == "credit_code") {
        const DemoOrganisation* organisation = find_demo_organisation_by_number(number);
        if (organisation == nullptr) return std::nullopt;
        return OnRecord{organisation->name, organisation->former_name};
    }
    const DemoPerson* person = find_demo_person_by_number(number);
    if (person == nullptr || person->document != document) return std::nullopt;
    return OnRecord{person->name, person->former_name};
}

}  // namespace

IdentityVerdict judge_identity(std::string_view document, std::string_view name, std::string_view number)
{
    const std::string_view source = authority_for(document);
    const IdentityVerdict matched{IdentityOutcome::matched, source, "姓名（名称）与号码一致", {}};
    const IdentityVerdict mismatched{IdentityOutcome::mismatched, source, "姓名（名称）与号码不一致", {}};
    const IdentityVerdict not_found{IdentityOutcome::not_found, source, "库中没有这个号码", {}};
    if (name.find("不符") != std::string_view::npos) return mismatched;
    if (name.find("查无") != std::string_view::npos) return not_found;
    const std::optional<OnRecord> known = find_record(document, number);
    if (!known) return may_exist(document, number) ? matched : not_found;
    if (known->name != name) return mismatched;
    if (known->former.empty()) return matched;
    return {IdentityOutcome::matched, source, "姓名（名称）与号码一致，曾用名：" + std::string(known->former),
            known->former};
}

}  // namespace tongban
