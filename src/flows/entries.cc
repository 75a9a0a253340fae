#include "flows/entry.h"

#include <algorithm>

namespace tongban {
namespace {

struct Effect {
    std::string_view name;
    MakeEntry make;
};

constexpr Effect effects[] = {
    {"mortgage.enter",        enter_mortgage       },
    {"mortgage.alter",        alter_mortgage       },
    {"mortgage.assign",       assign_mortgage      },
    {"mortgage.end",          end_mortgage         },
    {"notice.enter",          enter_sale_notice    },
    {"mortgage_notice.enter", enter_mortgage_notice},
    {"ownership.transfer",    transfer_ownership   },
    {"holder.rename",         rename_holder        },
    {"unit.readdress",        readdress_unit       },
    {"certificate.replace",   replace_certificate  },
    {"certificate.reissue",   reissue_certificate  },
};

std::string names_of(const Dossier& dossier, const std::string& role)
{
    const PartyRole* known = find_party_role(role);
    return known == nullptr ? std::string{} : names_in_role(dossier, *known);
}

const std::string& either(const std::string& first, const std::string& second)
{
    return first.empty() ? second : first;
}

}  // namespace

MakeEntry entry_maker(std::string_view effect)
{
    const auto found = std::ranges::find(effects, effect, &Effect::name);
    return found == std::end(effects) ? nullptr : found->make;
}

RightHolder as_holder(const Party& party)
{
    return {party.name, std::string(chinese(party.document_type)), party.number_masked, party.number_sealed,
            party.number_digest};
}

Certificate EntryContext::certificate(const Wording& wording)
{
    const Registry* registry = parts_.catalog.find_registry(subject.agency);
    TONGBAN_ASSERT(registry != nullptr);
    const DocumentKind kind = wording.kind == DocumentKind::none ? item.document.kind : wording.kind;
    NewCertificate fresh;
    fresh.kind = kind == DocumentKind::title ? CertificateKind::title : CertificateKind::proof;
    fresh.place = registry->short_name;
    fresh.province_short = parts_.catalog.province_short();
    fresh.issuer_name = registry->name;
    fresh.case_number = subject.number;
    fresh.holder = either(wording.holder, names_of(subject.dossier, item.document.holder));
    fresh.obligor = either(wording.obligor, names_of(subject.dossier, item.document.obligor));
    fresh.location = either(wording.location, unit.location);
    fresh.unit_number = unit.unit_number;
    fresh.other = wording.other;
    fresh.notes = "业务编号：" + subject.number + (wording.notes.empty() ? "" : "\n" + wording.notes);
    fresh.registered_at = now;
    fresh.proved_right = either(wording.right, item.document.right);
    if (fresh.kind == CertificateKind::title) {
        if (wording.right.empty() && !unit.right_type.empty()) fresh.proved_right = unit.right_type;
        fresh.co_ownership = wording.co_ownership;
        fresh.right_nature = unit.right_nature;
        fresh.use_name = unit.use_name;
        fresh.area = unit.area.empty() ? std::string{} : "建筑面积 " + unit.area + " 平方米";
        fresh.term = unit.term_until.empty() ? std::string{} : "至 " + unit.term_until + " 止";
    }
    return parts_.certificates.prepare(parts_.sql, subject.agency, fresh);
}

void EntryContext::retire(const std::vector<std::string>& certificates, std::string_view successor,
                          std::string_view reason)
{
    for (const std::string& number : certificates) {
        // One from before the platform has no record here; the register itself says that it counts no more.
        if (successor.empty()) {
            parts_.certificates.make_void(parts_.sql, subject.agency, number, reason, now);
        } else {
            parts_.certificates.supersede(parts_.sql, subject.agency, number, successor, reason, now);
        }
    }
}

std::string EntryContext::chosen(std::string_view field) const
{
    const FormField* known = item.find_field(field);
    return known == nullptr ? std::string{} : display_text(*known, application());
}

std::vector<RightHolder> EntryContext::holders(PartyRole role) const
{
    std::vector<RightHolder> all;
    for (const Participant& participant : subject.dossier.parties) {
        if (participant.party.role == role) all.push_back(as_holder(participant.party));
    }
    return all;
}

}  // namespace tongban
