#include "flows/collection_documents.h"

namespace tongban {
namespace {

constexpr std::uint64_t signature_bytes_max = 1 << 20;

std::string minute(Millis at)
{
    return china_date_time(at).substr(0, 16);
}

std::string registry_name(const Catalog& catalog, Agency code)
{
    const Registry* registry = catalog.find_registry(code);
    return registry == nullptr ? std::to_string(code) : registry->name;
}

// "李四（代理人） 370***********1237" of whoever represents this party.
std::string agents_of(const Dossier& dossier, const Party& principal)
{
    std::string agents;
    for (const Participant& participant : dossier.parties) {
        const Party& agent = participant.party;
        if (agent.role != PartyRole::agent || agent.represents != principal.id) continue;
        if (!agents.empty()) agents += "、";
        agents += agent.name + "（代理人） " + agent.number_masked;
    }
    return agents;
}

}  // namespace

std::vector<DocumentParty> document_parties(const Dossier& dossier)
{
    std::vector<DocumentParty> parties;
    for (const Participant& participant : dossier.parties) {
        const Party& party = participant.party;
        if (party.role == PartyRole::agent) continue;  // named with the party he represents
        parties.push_back({std::string(chinese(party.role)), party.name, std::string(chinese(party.document_type)),
                           party.number_masked, party.phone_masked, agents_of(dossier, party)});
    }
    return parties;
}

std::vector<DocumentMaterial> document_materials(const Dossier& dossier, const Item& item, bool list_pages)
{
    std::vector<DocumentMaterial> materials;
    for (const ListLine& line : item.lines) {
        const Material* taken = find_material(dossier, line.code);
        if (taken == nullptr || taken->pages.empty()) continue;
        DocumentMaterial row{line.code, line.title, std::string(chinese(taken->form)), taken->copies, 0, {}};
        for (const MaterialPage& page : taken->pages) {
            row.pages += page.leaves;
            if (!list_pages) continue;
            const std::string what =
                page.leaves > 1 ? page.name + "（" + std::to_string(page.leaves) + " 页）" : page.name;
            row.taken.push_back({what, page.digest, minute(page.added_at)});
        }
        materials.push_back(std::move(row));
    }
    return materials;
}

Result<std::vector<DrawnSignature>> drawn_signatures(const Dossier& dossier, ObjectStore& objects)
{
    std::vector<DrawnSignature> signatures;
    for (const Participant& participant : dossier.parties) {
        if (!participant.signature) continue;
        std::string png = TRY(objects.read(participant.signature->digest, signature_bytes_max));
        std::string role(chinese(participant.party.role));
        if (const auto& help = participant.party.assistance) {
            role += std::string(help->fingerprint ? "，捺指印" : "") + "，协助人" + help->assistant;
        }
        signatures.push_back(
            {std::move(role), participant.party.name, std::move(png), minute(participant.signature->signed_at)});
    }
    return signatures;
}

Result<CollectionReceipt> collection_receipt(const Collection& sitting, const Item& item, const Catalog& catalog,
                                             ObjectStore& objects)
{
    CollectionReceipt document;
    const Millis at = sitting.delivery ? sitting.delivery->pushed_at : sitting.last.at;
    document.head = {sitting.number, {}, at, SignatureHole::none};
    document.collecting_name = registry_name(catalog, sitting.agency);
    document.home_name = registry_name(catalog, sitting.home);
    document.item_name = item.name;
    if (sitting.unit) document.location = sitting.unit->location;
    if (sitting.dossier.application) document.unit_number = sitting.dossier.application->unit_number;
    document.parties = document_parties(sitting.dossier);
    document.materials = document_materials(sitting.dossier, item, true);
    document.clerk = sitting.opened.name;
    document.collected_at = china_date_time(at);
    document.signatures = TRY(drawn_signatures(sitting.dossier, objects));
    return document;
}

}  // namespace tongban
