#include "modules/materials/core/dossier_json.h"

#include <boost/json.hpp>

namespace tongban {
namespace {

template <class Enum>
std::string_view word(Enum value)
{
    return boost::describe::enum_to_string(value, "");
}

json::object party_json(const Dossier& dossier, const Participant& participant, const Item& item, const Facts& facts)
{
    const Party& party = participant.party;
    json::object out;
    out["id"] = party.id;
    out["role"] = to_text(party.role);
    out["kind"] = to_text(party.kind);
    out["name"] = party.name;
    out["document_type"] = to_text(party.document_type);
    out["number_masked"] = party.number_masked;
    out["phone_masked"] = party.phone_masked;
    out["from_reader"] = party.from_reader;
    out["needs_interview"] = is_asked(dossier, party);
    if (!party.birth_date.empty()) out["birth_date"] = party.birth_date;
    if (!party.valid_until.empty()) out["valid_until"] = party.valid_until;
    out["place"] = to_text(party.place);
    if (!party.expected_at.empty()) out["expected_at"] = party.expected_at;
    json::array questions;
    if (is_asked(dossier, party)) {
        for (const InterviewQuestion& question : questions_of(dossier, party, item, facts)) {
            questions.push_back(json::string(question.id));
        }
    }
    out["questions"] = std::move(questions);
    if (!party.represents.empty()) out["represents"] = party.represents;
    if (!party.former_masked.empty()) out["former_number_masked"] = party.former_masked;
    if (party.power) {
        out["power"] = {
            {"form",              word(party.power->form)       },
            {"number",            party.power->number           },
            {"until",             party.power->until            },
            {"abroad",            party.power->abroad           },
            {"both_sides_agreed", party.power->both_sides_agreed}
        };
    }
    if (party.assistance) {
        out["assistance"] = {
            {"reason",      word(party.assistance->reason)},
            {"assistant",   party.assistance->assistant   },
            {"fingerprint", party.assistance->fingerprint }
        };
    }
    if (party.identity) {
        const IdentityCheck& check = *party.identity;
        out["identity"] = {
            {"result",     to_text(check.result)     },
            {"source",     check.source              },
            {"reference",  check.reference           },
            {"message",    check.message             },
            {"checked_at", utc_text(check.checked_at)},
            {"checked_by", check.checked_by          },
            {"method",     to_text(check.method)     }
        };
        if (!check.former_names.empty()) {
            json::array names;
            for (const std::string& name : check.former_names) names.push_back(json::string(name));
            out["identity"].as_object()["former_names"] = std::move(names);
        }
    }
    json::array answers;
    for (const InterviewAnswer& answer : participant.answers) {
        json::object one{
            {"question",    answer.question             },
            {"text",        answer.text                 },
            {"answer",      answer.answer               },
            {"answered_at", utc_text(answer.answered_at)}
        };
        if (!answer.remark.empty()) one["remark"] = answer.remark;
        answers.push_back(std::move(one));
    }
    out["answers"] = std::move(answers);
    if (participant.signature) {
        out["signature"] = {
            {"digest",    participant.signature->digest             },
            {"signed_at", utc_text(participant.signature->signed_at)}
        };
    }
    return out;
}

json::object page_json(const MaterialPage& page)
{
    json::object out{
        {"id",       page.id                },
        {"name",     page.name              },
        {"kind",     word(page.kind)        },
        {"bytes",    page.bytes             },
        {"digest",   page.digest            },
        {"leaves",   page.leaves            },
        {"rotation", page.rotation          },
        {"added_at", utc_text(page.added_at)},
        {"added_by", page.added_by          }
    };
    if (!page.part.empty()) out["part"] = page.part;
    return out;
}

}  // namespace

json::array parties_json(const Dossier& dossier, const Item& item, const Facts& facts)
{
    json::array parties;
    for (const Participant& participant : dossier.parties) {
        parties.push_back(party_json(dossier, participant, item, facts));
    }
    return parties;
}

json::array materials_json(const Dossier& dossier, const Item& item, const Facts& facts)
{
    json::array materials;
    for (const ListLine& line : item.lines) {
        if (line.generated) continue;
        const Material* touched = find_material(dossier, line.code);
        Material untouched;
        if (!line.forms.empty()) untouched.form = line.forms.front();
        const Material& material = touched == nullptr ? untouched : *touched;
        json::array forms;
        for (const MaterialForm form : line.forms) forms.push_back(json::string(to_text(form)));
        json::array pages;
        for (const MaterialPage& page : material.pages) pages.push_back(page_json(page));
        json::object out;
        out["code"] = line.code;
        out["title"] = line.title;
        out["requirement"] = to_text(line.requirement);
        out["forms"] = std::move(forms);
        out["sharing"] = line.sharing;
        out["must_not_demand"] = line.must_not_demand;
        out["remark"] = line.remark;
        out["required_now"] = required_now(line, facts);
        out["form"] = to_text(material.form);
        out["copies"] = material.copies;
        out["check"] = word(material.check);
        out["remark_of_check"] = material.remark;
        out["pages"] = std::move(pages);
        if (line.surrendered) out["surrendered"] = true;
        if (!line.condition_text.empty()) out["condition_text"] = line.condition_text;
        materials.push_back(std::move(out));
    }
    return materials;
}

}  // namespace tongban
