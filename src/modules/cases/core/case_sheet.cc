#include "modules/cases/core/case_sheet.h"

#include <algorithm>
#include <boost/json.hpp>

#include "modules/cases/core/return_reasons.h"
#include "modules/materials/core/dossier_json.h"

namespace tongban {
namespace {

json::object decision_json(const CaseDecision& decision)
{
    json::object out{
        {"by", decision.stamp.name        },
        {"at", utc_text(decision.stamp.at)}
    };
    if (!decision.remark.empty()) out["remark"] = decision.remark;
    return out;
}

json::object supplement_json(const CaseSupplement& supplement)
{
    json::array lines;
    for (const SupplementLine& line : supplement.lines) {
        json::object one{
            {"text", line.text}
        };
        if (!line.line.empty()) one["line"] = line.line;
        if (!line.reason.empty()) one["reason"] = line.reason;
        if (!line.rule.empty()) one["rule"] = line.rule;
        lines.push_back(std::move(one));
    }
    json::object out{
        {"requested_at", utc_text(supplement.stamp.at)},
        {"lines",        std::move(lines)             }
    };
    if (!supplement.due_on.empty()) out["due_on"] = supplement.due_on;
    return out;
}

json::object suspension_json(const CaseSuspension& suspension)
{
    json::object out{
        {"reason",      suspension.reason                 },
        {"reason_text", suspension_text(suspension.reason)},
        {"legal",       suspension.legal                  },
        {"by",          suspension.stamp.name             },
        {"at",          utc_text(suspension.stamp.at)     }
    };
    if (!suspension.document.empty()) out["document"] = suspension.document;
    return out;
}

// Who has asked, and whose word is still missing.
json::object withdrawal_json(const Case& subject)
{
    json::array asked;
    for (const WithdrawalRequest& request : subject.withdrawal_requests) {
        asked.push_back(json::object{
            {"party",  request.party             },
            {"name",   request.name              },
            {"reason", request.reason            },
            {"by",     request.stamp.name        },
            {"at",     utc_text(request.stamp.at)}
        });
    }
    json::array missing;
    for (const Party* party : still_applying(subject)) {
        missing.push_back(json::object{
            {"party", party->id  },
            {"name",  party->name}
        });
    }
    return {
        {"asked",   std::move(asked)  },
        {"missing", std::move(missing)}
    };
}

json::object outcome_json(const CaseOutcome& outcome)
{
    json::object out{
        {"kind",   outcome.kind              },
        {"reason", outcome.reason            },
        {"by",     outcome.stamp.name        },
        {"at",     utc_text(outcome.stamp.at)}
    };
    if (!outcome.ground.empty()) out["ground"] = outcome.ground;
    if (const ReturnReason* code = find_return_reason(outcome.code)) {
        out["code"] = code->code;
        out["code_text"] = code->text;
        out["avoidable"] = code->avoidable;
    }
    if (outcome.competent != 0) {
        out["competent"] = std::to_string(outcome.competent);
        out["competent_name"] = outcome.competent_name;
    }
    return out;
}

std::string registry_name(const Catalog& catalog, Agency code)
{
    const Registry* registry = catalog.find_registry(code);
    return registry == nullptr ? std::string{} : registry->name;
}

// Who was verified in which visit, by whom and how, and what it brought.
json::array parts_json(const Case& subject, const Catalog& catalog)
{
    json::array parts;
    for (const CasePart& part : subject.parts) {
        json::array parties;
        for (const Participant& participant : subject.dossier.parties) {
            const Party& party = participant.party;
            if (participant.part != part.collection_id || !party.identity) continue;
            parties.push_back(json::object{
                {"id",          party.id                            },
                {"name",        party.name                          },
                {"method",      to_text(party.identity->method)     },
                {"verified_at", utc_text(party.identity->checked_at)}
            });
        }
        json::array lines;
        for (const Material& material : subject.dossier.materials) {
            const bool brought = std::ranges::any_of(
                material.pages, [&](const MaterialPage& page) { return page.part == part.collection_id; });
            if (brought) lines.push_back(json::string(material.code));
        }
        json::array handed_in_by;
        for (const std::string& name : part.handed_in_by) handed_in_by.push_back(json::string(name));
        json::object one{
            {"collection_number", part.collection_number},
            {"channel",           to_text(part.channel) },
            {"place",             registry_name(catalog,  part.collecting)},
            {"who",                   part.clerk                                    },
            {"state",                   to_text(part.state)},
            {"opened_at",                   utc_text(part.opened_at)                                }
        };
        one["parties"] = std::move(parties);
        one["lines"] = std::move(lines);
        if (part.pushed_at != 0) one["pushed_at"] = utc_text(part.pushed_at);
        if (!handed_in_by.empty()) one["handed_in_by"] = std::move(handed_in_by);
        parts.push_back(std::move(one));
    }
    return parts;
}

// What the same question was answered to in different places, for the home registry to look at.
json::array differences_json(const Dossier& dossier, const Item& item)
{
    json::array differences;
    for (const AnswerDifference& difference : answer_differences(dossier, item)) {
        json::array answers;
        for (const GivenAnswer& given : difference.answers) {
            answers.push_back(json::object{
                {"party",  given.party },
                {"name",   given.name  },
                {"answer", given.answer}
            });
        }
        json::object one{
            {"question", difference.question},
            {"text",     difference.text    }
        };
        one["answers"] = std::move(answers);
        differences.push_back(std::move(one));
    }
    return differences;
}

json::array missing_json(const Case& subject, const Item& item)
{
    json::array missing;
    for (const std::string& text : missing_for_filing(subject.dossier, item, application_day(subject))) {
        missing.push_back(json::string(text));
    }
    return missing;
}

// Pages tell the number of the visit that brought them, when there were several.
Dossier with_visit_numbers(const Case& subject)
{
    Dossier dossier = subject.dossier;
    for (Material& material : dossier.materials) {
        for (MaterialPage& page : material.pages) {
            const CasePart* part = is_joint(subject) ? find_part(subject, page.part) : nullptr;
            page.part = part == nullptr ? std::string{} : part->collection_number;
        }
    }
    return dossier;
}

json::object evidence_json(const Evidence& evidence)
{
    json::object out{
        {"kind", evidence.kind},
        {"ref",  evidence.ref }
    };
    if (evidence.leaf != 0) out["leaf"] = evidence.leaf;
    if (!evidence.region.empty()) out["region"] = evidence.region;
    return out;
}

// What colleagues need of each other's work.
void add_desk(const Case& subject, json::object& out)
{
    if (subject.claim) {
        out["claim"] = json::object{
            {"by",    subject.claim->name              },
            {"place", subject.claim->place             },
            {"phone", subject.claim->phone             },
            {"since", utc_text(subject.claim->stamp.at)}
        };
    }
    json::array desk;
    for (const CaseProgress& step : subject.desk) {
        desk.push_back(json::object{
            {"at",   utc_text(step.at)},
            {"what", step.what        },
            {"text", step.text        },
            {"by",   step.by          }
        });
    }
    out["desk"] = std::move(desk);
    json::array notes;
    for (const CaseNote& note : subject.notes) {
        notes.push_back(json::object{
            {"at",   utc_text(note.stamp.at)},
            {"by",   note.stamp.name        },
            {"text", note.text              }
        });
    }
    out["notes"] = std::move(notes);
    json::array answers;
    for (const ChecklistAnswer& answer : subject.checklist) {
        json::array evidence;
        for (const Evidence& one : answer.evidence) evidence.push_back(evidence_json(one));
        json::object line{
            {"question", answer.question          },
            {"duty",     answer.duty              },
            {"answer",   answer.answer            },
            {"by",       answer.stamp.name        },
            {"at",       utc_text(answer.stamp.at)},
            {"evidence", std::move(evidence)      },
            {"proposed", answer.proposed          }
        };
        if (!answer.remark.empty()) line["remark"] = answer.remark;
        answers.push_back(std::move(line));
    }
    out["answers"] = std::move(answers);
}

}  // namespace

std::string case_sheet(const Case& subject, const Item& item, const Catalog& catalog)
{
    const CasePart& origin = origin_of(subject);
    const std::string agency_name = registry_name(catalog, subject.agency);
    const std::string collecting_name = registry_name(catalog, origin.collecting);
    const Facts facts = facts_of(subject.dossier, item, application_day(subject));
    json::object out{
        {"number",                                    subject.number                          },
        {"version",                                   subject.version                         },
        {"state",                                     to_text(subject.state)                  },
        {"agency",                                    std::to_string(subject.agency)          },
        {"agency_name",                               agency_name                             },
        {"collecting",                                std::to_string(origin.collecting)       },
        {"collecting_name",                           collecting_name                         },
        {"collection_number",                         origin.collection_number                },
        {"clerk",                                     origin.clerk                            },
        {"item",                                      subject.item                            },
        {"item_name",                                 item.name                               },
        {"catalog_version",                           subject.catalog_version                 },
        {"parties",                                   parties_json(subject.dossier,             item, facts)},
        {"materials",                                     materials_json(with_visit_numbers(subject),                                                                             item, facts)},
        {"package_digest",subject.package_digest},
        {"due_on",                                           subject.due_on                                                                   }
    };
    out["parts"] = parts_json(subject, catalog);
    out["differences"] = differences_json(subject.dossier, item);
    if (subject.state == CaseState::collecting) {
        out["last_day"] = subject.last_day;
        out["missing"] = missing_json(subject, item);
    }
    if (subject.dossier.application) out["application"] = application_json(*subject.dossier.application, item);
    json::array fields;
    for (const FormField& field : item.fields) {
        json::object one{
            {"label", field.label},
            {"key",   field.key  }
        };
        if (subject.dossier.application) one["text"] = display_text(field, *subject.dossier.application);
        fields.push_back(std::move(one));
    }
    out["fields"] = std::move(fields);
    if (subject.acceptance) {
        json::object acceptance = decision_json(*subject.acceptance);
        json::array confirmed;
        for (const std::string& rule : subject.confirmed) confirmed.push_back(json::string(rule));
        if (!confirmed.empty()) acceptance["confirmed"] = std::move(confirmed);
        out["acceptance"] = std::move(acceptance);
    }
    if (subject.review) out["review"] = decision_json(*subject.review);
    if (subject.supplement) out["supplement"] = supplement_json(*subject.supplement);
    if (subject.suspension) out["suspension"] = suspension_json(*subject.suspension);
    if (subject.filed_at != 0) out["withdrawal"] = withdrawal_json(subject);
    if (subject.outcome) out["outcome"] = outcome_json(*subject.outcome);
    if (subject.entry) {
        out["entry"] = {
            {"mortgage_order", subject.entry->mortgage_order    },
            {"registrar",      subject.entry->stamp.name        },
            {"registered_at",  utc_text(subject.entry->stamp.at)}
        };
        if (!subject.entry_remark.empty()) out["entry"].as_object()["remark"] = subject.entry_remark;
    }
    json::array timeline;
    for (const CaseProgress& step : subject.timeline) {
        timeline.push_back({
            {"at",   utc_text(step.at)},
            {"what", step.what        },
            {"text", step.text        },
            {"by",   step.by          }
        });
    }
    out["timeline"] = std::move(timeline);
    add_desk(subject, out);
    json::array documents;
    for (const std::string& name : case_documents(subject)) documents.push_back(json::string(name));
    out["documents"] = std::move(documents);
    return json::serialize(out);
}

std::vector<std::string> case_documents(const Case& subject)
{
    std::vector<std::string> names;
    if (subject.filed_at != 0) names.emplace_back("interview.pdf");
    if (subject.supplement) names.emplace_back("supplement.pdf");
    if (subject.acceptance) names.emplace_back("acceptance.pdf");
    if (subject.review) names.emplace_back("fee-notice.pdf");
    if (subject.outcome) {
        if (subject.outcome->kind == "not_accepted") names.emplace_back("non-acceptance.pdf");
        if (subject.outcome->kind == "refused") names.emplace_back("refusal.pdf");
        if (subject.outcome->kind == "withdrawn") names.emplace_back("withdrawal.pdf");
    }
    // The file follows the entry by moments; the timeline says when it is there.
    for (const CaseProgress& step : subject.timeline) {
        if (step.what != "certificate_issued") continue;
        names.emplace_back("certificate.pdf");
        names.emplace_back("certificate.ofd");
    }
    return names;
}

}  // namespace tongban
