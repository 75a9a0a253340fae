#include "flows/tracked_case.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/text_table.h"
#include "flows/clock_json.h"
#include "modules/cases/core/return_reasons.h"

namespace tongban {

namespace json = boost::json;

namespace {

constexpr TextTable<Turn, 4> turns{
    {{{Turn::applicant, "applicant"}, {Turn::window, "window"}, {Turn::home, "home"}, {Turn::nobody, "nobody"}}}};

json::object supplement_json(const CaseSupplement& supplement)
{
    json::array lines;
    for (const SupplementLine& line : supplement.lines) {
        json::object one{
            {"text", line.text}
        };
        if (!line.line.empty()) one["line"] = line.line;
        lines.push_back(std::move(one));
    }
    json::object out{
        {"requested_at", utc_text(supplement.stamp.at)},
        {"lines",        std::move(lines)             }
    };
    if (!supplement.due_on.empty()) out["due_on"] = supplement.due_on;
    return out;
}

// Names only: who has asked for the end of the application, and who has not.
json::object withdrawal_json(const TrackedParts& parts)
{
    json::array asked;
    for (const WithdrawalRequest& request : parts.subject.withdrawal_requests)
        asked.push_back(json::string(request.name));
    json::array missing;
    for (const Party* party : still_applying(parts.subject)) missing.push_back(json::string(party->name));
    const Participant* viewer = find_party(parts.subject.dossier, parts.viewer);
    const std::string own =
        viewer == nullptr || viewer->party.represents.empty() ? parts.viewer : viewer->party.represents;
    const auto has_asked = [&](const WithdrawalRequest& request) { return request.party == own; };
    return {
        {"asked",             std::move(asked)},
        {           "missing", std::move(missing)                },
        { "you_asked",         std::ranges::any_of(parts.subject.withdrawal_requests,                         has_asked)}
    };
}

std::string name_of(const Catalog& catalog, Agency agency)
{
    const Registry* registry = catalog.find_registry(agency);
    return registry == nullptr ? std::string{} : registry->name;
}

}  // namespace

std::string_view to_text(Turn turn)
{
    return turns.text(turn);
}

Turn turn_of(const Case& subject)
{
    const bool online = origin_of(subject).channel == VisitChannel::online;
    switch (subject.state) {
    case CaseState::draft:
    case CaseState::supplement: return online ? Turn::applicant : Turn::window;
    case CaseState::collecting: return Turn::applicant;
    case CaseState::filed: return Turn::home;
    case CaseState::accepted: return Turn::home;
    case CaseState::awaiting_payment: return Turn::applicant;
    case CaseState::paid:
    case CaseState::suspended: return Turn::home;
    case CaseState::not_accepted:
    case CaseState::registered:
    case CaseState::refused:
    case CaseState::withdrawn:
    case CaseState::cancelled:
    case CaseState::expired: return Turn::nobody;
    }
    throw BrokenInvariant("a case state without a turn");
}

std::string stage_text(const Case& subject, const std::optional<Certificate>& certificate)
{
    switch (subject.state) {
    case CaseState::draft:
        return origin_of(subject).channel == VisitChannel::online ? "申请人正在网上填报，尚未提交。"
                                                                  : "代收窗口正在收取材料，尚未提交属地登记机构。";
    case CaseState::collecting:
        return "已收到部分当事人的材料，请其余当事人于" + subject.last_day + "前凭核验码到任一窗口或线上核验。";
    case CaseState::filed: return "材料已送达属地登记机构，等待受理。";
    case CaseState::supplement:
        if (!subject.supplement->due_on.empty())
            return "材料需要补正，请按所列内容于" + subject.supplement->due_on + "前到任一窗口或线上补齐。";
        return "材料需要补正，请按所列内容到任一窗口或线上补齐。";
    case CaseState::not_accepted: return "属地登记机构决定不予受理，原因和救济途径见告知书。";
    case CaseState::accepted: return "属地登记机构已受理，正在审核，预计" + subject.due_on + "前办结。";
    case CaseState::awaiting_payment: return "审核已通过，请缴纳登记费；缴费后即可登簿。";
    case CaseState::paid:
        return subject.bill_id.empty() ? "审核已通过，本次登记不收费，等待登簿。" : "登记费已缴清，等待登簿。";
    case CaseState::suspended:
        return "属地登记机构已暂停办理（" + std::string(suspension_text(subject.suspension->reason)) + "，依据：" +
               subject.suspension->legal + "），暂停期间不计入办理期限。";
    case CaseState::registered:
        if (subject.entry && subject.entry->certificate_number.empty()) return "已登簿，办理结束。";
        if (certificate && certificate->state == CertificateState::issued) {
            return "已登簿，" + std::string(chinese(certificate->kind)) + "已生成，可以下载。";
        }
        return "已登簿，电子证照正在生成，通常只需几秒。";
    case CaseState::refused: return "属地登记机构决定不予登记，原因和救济途径见告知书。";
    case CaseState::withdrawn: return "申请已撤回，办理结束。";
    case CaseState::cancelled: return "申请已取消，办理结束。";
    case CaseState::expired: return "有当事人逾期未核验，申请已过期，办理结束。";
    }
    throw BrokenInvariant("a case state that nobody explains");
}

std::string tracked_case_json(const TrackedParts& parts, const Catalog& catalog)
{
    const Case& subject = parts.subject;
    const Result<const Item*> item = catalog.item_version(subject.item, subject.catalog_version);
    json::array timeline;
    for (const CaseProgress& step : subject.timeline) {
        timeline.push_back(json::object{
            {"at",   utc_text(step.at)},
            {"what", step.what        },
            {"text", step.text        }
        });
    }
    json::object out{
        {"number",                        subject.number                                 },
        {"csrf_token",                    parts.csrf_token                               },
        {"item_name",                     item.has_value() ? (*item)->name : subject.item},
        {"home_name",                     name_of(catalog,                                 subject.agency)},
        {"collecting_name",                               name_of(catalog,                                                              origin_of(subject).collecting)},
        {"location", subject.location},
        {"state",               to_text(subject.state)                                                                           },
        {"stage_text",stage_text(subject,parts.certificate)},
        {"turn",                   to_text(turn_of(subject))                                                                                 },
        {"timeline",                          std::move(timeline)                             }
    };
    if (!subject.due_on.empty()) out["due_on"] = subject.due_on;
    if (subject.supplement && subject.state == CaseState::supplement) {
        out["supplement"] = supplement_json(*subject.supplement);
    }
    if (subject.outcome) {
        out["outcome"] = json::object{
            {"kind",   subject.outcome->kind  },
            {"ground", subject.outcome->ground},
            {"reason", subject.outcome->reason},
            {"by",     name_of(catalog,         subject.agency)},
            {"at",        utc_text(subject.outcome->stamp.at)                           }
        };
    }
    if (subject.outcome && subject.outcome->competent != 0) {
        out["outcome"].as_object()["competent_name"] = subject.outcome->competent_name;
    }
    if (!subject.clock.empty()) out["clock"] = clock_json(subject.clock, parts.calendar, parts.now);
    if (subject.filed_at != 0 && !is_final(subject.state)) out["withdrawal"] = withdrawal_json(parts);
    if (parts.bill) out["bill"] = to_json(*parts.bill);
    if (parts.certificate) out["certificate"] = to_json(*parts.certificate);
    return json::serialize(out);
}

}  // namespace tongban
