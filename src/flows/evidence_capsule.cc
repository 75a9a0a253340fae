#include "flows/evidence_capsule.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/codes.h"
#include "base/json.h"
#include "base/record.h"
#include "flows/package.h"
#include "modules/cases/core/cases_problems.h"
#include "modules/evidence/core/capsule_extracts.h"
#include "modules/evidence/core/evidence_problems.h"
#include "sql/evidence_capsule_sql.h"

namespace tongban {
namespace {

// The smallest UUIDv7 of that moment.
std::string id_at(Millis at)
{
    const std::string hex = fmt::format("{:012x}", at);
    return hex.substr(0, 8) + "-" + hex.substr(8) + "-7000-8000-000000000000";
}

CapsuleEvent capsule_event(const JournalEvent& event)
{
    return {event.seq,  event.aggregate, event.aggregate_id, event.version,  event.type,
            event.body, event.actor,     event.at,           event.prev_hash};
}

}  // namespace

// Everything that the database knows, on one snapshot.
Result<EvidenceCapsule::Gathered> EvidenceCapsule::gather(Agency agency, const std::string& number)
{
    Gathered all;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        all = {};
        const Case subject = TRY(parts_.cases.load(sql, agency, number));
        all.version = subject.version;
        std::vector<CapsuleEvent> events;
        TRY(add_events(sql, agency, number, all, events));
        add_extracts(events, all);
        const auto item = parts_.catalog.item_version(subject.item, subject.catalog_version);
        if (item)
            all.drafts.push_back({std::string(capsule_path::list), list_text(**item), {}, Audience::everyone, {}});
        add_receipts(sql, subject, all);
        std::size_t issued = 0;
        for (const Certificate& certificate : parts_.certificates.all_for_case(sql, agency, number)) {
            for (const char* format : {"pdf", "ofd"}) {
                const auto file = parts_.certificates.latest_file(sql, agency, certificate.number, format);
                if (file)
                    all.drafts.push_back({numbered_path("issued", issued, format), {}, *file, Audience::everyone, {}});
            }
            ++issued;
        }
        for (std::size_t i = 0; i < subject.dossier.parties.size(); ++i) {
            const Participant& one = subject.dossier.parties[i];
            if (!one.signature) continue;
            all.drafts.push_back(
                {numbered_path("signatures", i, "png"), {}, one.signature->digest, Audience::party, one.party.id});
        }
        std::vector<std::string> known;
        for (const CapsulePage& page : capsule_pages(subject)) {
            if (std::ranges::find(known, page.digest) != known.end()) continue;  // the same file on two lines
            known.push_back(page.digest);
            all.drafts.push_back({"pages/" + page.digest, {}, page.digest, Audience::staff, {}});
        }
        if (auto row = sql.find(sql::evidence_statement, {agency, number})) all.note = row->take_text(0);
        return {};
    }));
    return all;
}

Result<void> EvidenceCapsule::add_events(Sql& sql, Agency agency, const std::string& number, Gathered& all,
                                         std::vector<CapsuleEvent>& events)
{
    const std::vector<JournalEvent> journal = parts_.journal.read(sql, agency, {"case", number});
    TONGBAN_ASSERT(!journal.empty());
    std::uint64_t last = 0;
    for (const JournalEvent& event : journal) last = std::max(last, static_cast<std::uint64_t>(event.seq));
    const auto size = parts_.log.covering(sql, agency, last);
    if (!size) return Error{capsule_problem::not_sealed_yet};

    std::vector<ProvenEvent> proven;
    for (const JournalEvent& event : journal) {
        events.push_back(capsule_event(event));
        all.drafts.push_back({event_path(event.version), record_text(events.back()), {}, Audience::staff, {}});
        ProvenEvent one{event.version, event.seq, event.hash, {}};
        for (const merkle::Hash& hash :
             TRY(parts_.log.inclusion(sql, agency, static_cast<std::uint64_t>(event.seq), *size)))
            one.proof.push_back(hex_of(hash));
        proven.push_back(std::move(one));
    }
    all.drafts.push_back({std::string(capsule_path::log), record_text(proven), {}, Audience::everyone, {}});
    const std::string note = TRY(parts_.log.checkpoint(sql, agency, *size));
    all.drafts.push_back({std::string(capsule_path::checkpoint), note, {}, Audience::everyone, {}});
    std::vector<Agency> signers{agency};
    if (const auto parsed = read_note(note)) {
        for (const NoteSignature& signature : parsed->signatures)
            if (const Agency witness = agency_of_origin(signature.name); witness != agency) signers.push_back(witness);
    }
    for (const Agency signer : signers) {
        all.drafts.push_back({fmt::format("certificates/{}.pem", signer),
                              parts_.agency_certificates.pem(signer),
                              {},
                              Audience::everyone,
                              {}});
    }
    return {};
}

void EvidenceCapsule::add_extracts(const std::vector<CapsuleEvent>& events, Gathered& all)
{
    const Case subject = folded(events);
    for (auto& [path, content] : capsule_extracts(events)) {
        Draft draft{path, std::move(content), {}, Audience::everyone, {}};
        if (path == capsule_path::materials || path == capsule_path::decisions) draft.audience = Audience::staff;
        for (std::size_t i = 0; i < subject.dossier.parties.size(); ++i) {
            if (path != numbered_path("parties", i, "json")) continue;
            draft.audience = Audience::party;
            draft.party = subject.dossier.parties[i].party.id;
        }
        all.drafts.push_back(std::move(draft));
    }
}

// Of each visit whose package was taken.
void EvidenceCapsule::add_receipts(Sql& sql, const Case& subject, Gathered& all)
{
    constexpr Millis around = 60'000;
    std::size_t count = 0;
    for (const CasePart& visit : subject.parts) {
        if (visit.pushed_at == 0) continue;
        for (SqlRow& row : sql.query(sql::evidence_receipts,
                                     {subject.agency, id_at(visit.pushed_at - around), id_at(visit.pushed_at + around),
                                      std::string(message_kind::package_receipt), visit.pushed_at})) {
            CapsuleReceipt receipt{row.take_text(0),
                                   static_cast<Agency>(row.integer(1)),
                                   std::string(message_kind::package_receipt),
                                   row.take_text(2),
                                   row.take_text(3),
                                   row.integer(5),
                                   row.take_text(4)};
            const auto body = record_from_text<PackageReceipt>(receipt.body);
            if (body.case_number != subject.number || body.package_digest != visit.package_digest) continue;
            all.drafts.push_back({numbered_path(capsule_path::receipts, count++, "json"),
                                  record_text(receipt),
                                  {},
                                  Audience::everyone,
                                  {}});
            break;
        }
    }
}

Result<CapsulePart> EvidenceCapsule::measure(Draft& draft, const std::string& salt)
{
    CapsulePart part{draft.path, 0, {}, hex_of(salt)};
    if (draft.object.empty()) {
        draft.size = draft.content.size();
        draft.crc32 = parts_.archives.crc32(draft.content);
        part.digest = salted_digest(salt, draft.content);
    } else {
        // Once through the object for digest and CRC, once more when it is sent: never the whole of it in memory.
        const std::unique_ptr<BodySource> object = TRY(parts_.objects.open(draft.object));
        Sm3 digest;
        digest.update(salt);
        std::string chunk(256 * 1024, '\0');
        for (;;) {
            const std::size_t got = object->read(chunk.data(), chunk.size());
            if (got == 0) break;
            const std::string_view piece(chunk.data(), got);
            digest.update(piece);
            draft.crc32 = parts_.archives.crc32(piece, draft.crc32);
            draft.size += got;
        }
        part.digest = digest.hex();
    }
    part.bytes = static_cast<std::int64_t>(draft.size);
    return part;
}

// Salts are secret and always the same for the same part: they come from the registry's key.
Result<CapsuleManifest> EvidenceCapsule::manifest_of(Agency agency, const std::string& number, Gathered& all)
{
    CapsuleManifest manifest{std::string(capsule_format), {}};
    std::ranges::sort(all.drafts, {}, &Draft::path);
    for (Draft& draft : all.drafts) {
        const std::string salt =
            sm3_bytes(parts_.vault.digest(agency, fmt::format("capsule|{}|{}|{}", number, draft.path, all.version)))
                .substr(0, salt_bytes);
        manifest.parts.push_back(TRY(measure(draft, salt)));
    }
    return manifest;
}

std::string EvidenceCapsule::statement_for(Agency agency, const std::string& number, const CapsuleManifest& manifest,
                                           const Gathered& all)
{
    CapsuleStatement statement;
    statement.agency = agency;
    statement.number = number;
    statement.version = all.version;
    statement.made_at = parts_.clock.now();
    statement.parts = manifest.parts.size();
    statement.root = root_of(manifest.parts);
    if (const auto note = read_note(all.note)) {
        const auto before = read_statement(note->text);
        if (before && before->version == statement.version && before->parts == statement.parts &&
            before->root == statement.root)
            return all.note;
    }
    const std::string text = statement_text(statement);
    const std::string name = capsule_origin(agency);
    const auto facts = parts_.judge.read(parts_.agency_certificates.pem(agency));
    const auto der = bytes_of_base64url(parts_.signer.sign(agency, text));
    TONGBAN_ASSERT(facts && der);
    return note_bytes({text, {{name, note_key_id(name, NoteKey::author, facts->public_key), *der}}});
}

void EvidenceCapsule::note_export(Agency agency, const std::string& number, const Actor& actor,
                                  const std::string& statement, const std::string& before, std::size_t hidden)
{
    const Event event{
        "evidence.exported", json::serialize(json::object{{"case_number", number},
                                                          {"statement", sm3_hex(statement)},
                                                          {"hidden", hidden},
                                                          {"duty", to_text(actor.duties.front())}}
         )
    };
    const Result<void> noted = parts_.database.write(agency, [&](Sql& sql) -> Result<void> {
        const Millis now = parts_.clock.now();
        if (statement != before) sql.execute(sql::evidence_statement_save, {agency, number, statement, now});
        parts_.journal.append(sql, agency, {"evidence", parts_.ids.next()}, 1, std::span(&event, 1), actor.account,
                              now);
        return {};
    });
    TONGBAN_ASSERT(noted.has_value());
}

Result<EvidenceCapsule::Made> EvidenceCapsule::make(const Actor& actor, const std::string& number, bool with_pages)
{
    const CheckedCode checked = check_case_number(number);
    if (!checked) return Error{cases_problem::not_found};
    const Agency agency = agency_of_number(checked.value);
    const bool is_staff = !actor.duties.empty() && actor.case_number.empty();
    // The whole capsule is the journal of the case; an applicant follows his own.
    TRY(authorise(actor, is_staff ? Action::export_capsule : Action::follow_case, Owner{agency, {}, checked.value}));

    Gathered all = TRY(gather(agency, checked.value));
    CapsuleManifest manifest = TRY(manifest_of(agency, checked.value, all));
    const std::string statement = statement_for(agency, checked.value, manifest, all);
    std::vector<StoredFile> files;
    std::size_t hidden = 0;
    for (std::size_t i = 0; i < all.drafts.size(); ++i) {
        Draft& draft = all.drafts[i];
        const bool may_see = draft.audience == Audience::everyone || is_staff ||
                             (draft.audience == Audience::party && draft.party == actor.party);
        if (!may_see || (!with_pages && draft.path.starts_with("pages/"))) {
            manifest.parts[i].salt.clear();
            ++hidden;
            continue;
        }
        StoredFile file;
        file.path = draft.path;
        file.content = std::move(draft.content);
        file.size = draft.size;
        file.crc32 = draft.crc32;
        if (!draft.object.empty()) {
            file.open = [this, digest = draft.object] { return parts_.objects.open(digest).value(); };
        }
        files.push_back(std::move(file));
    }
    files.insert(files.begin(), parts_.archives.held(std::string(capsule_manifest_path), record_text(manifest)));
    files.insert(files.begin(), parts_.archives.held(std::string(capsule_note_path), statement));
    note_export(agency, checked.value, actor, statement, all.note, hidden);
    const std::uint64_t size = parts_.archives.container_bytes(files);
    return Made{parts_.archives.container(std::move(files)), size, hidden};
}

Result<Response> EvidenceCapsule::download(ApiRequest& request)
{
    const bool is_own = !request.actor.case_number.empty();
    const std::string number = is_own ? request.actor.case_number : request.path("number");
    Made made = TRY(make(request.actor, number, request.http.query_value("pages").value_or("yes") != "no"));
    Response response;
    response.stream = std::move(made.bytes);
    response.stream_bytes = made.size;
    response.compress = false;
    response.headers.set("Content-Type", "application/zip");
    response.headers.set("Content-Disposition",
                         "attachment; filename=\"capsule-" + check_case_number(number).value + ".zip\"");
    response.headers.set("Cache-Control", "private, no-store");
    response.headers.set("X-Hidden-Parts", std::to_string(made.hidden));
    return response;
}

void add_evidence_routes(Api& api, EvidenceCapsule& flow)
{
    const auto download = [&flow](ApiRequest& request) { return flow.download(request); };
    api.add(Method::get, "/api/v1/cases/{number}/capsule.zip", Action::export_capsule, download);
    api.add(Method::get, "/api/v1/public/tracked-case/capsule.zip", Action::follow_case, download);
}

std::string list_text(const Item& item)
{
    json::array lines;
    for (const ListLine& line : item.lines) {
        lines.push_back(json::object{
            {"code",        line.code                },
            {"title",       line.title               },
            {"requirement", to_text(line.requirement)},
            {"condition",   line.condition.to_json() }
        });
    }
    json::array rules;
    for (const Rule& rule : item.rules) {
        const auto& severity = rule.severity_for(item.matter);
        rules.push_back(json::object{
            {"id",       rule.id                                           },
            {"severity", severity ? to_text(*severity) : std::string_view{}},
            {"when",     rule.when.to_json()                               },
            {"unless",   rule.unless.to_json()                             },
            {"failed",   rule.failed                                       },
            {"source",   rule.source                                       }
        });
    }
    json::array questions;
    for (const InterviewQuestion& question : item.questions) {
        questions.push_back(json::object{
            {"id",       question.id      },
            {"text",     question.text    },
            {"expected", question.expected}
        });
    }
    const std::string list = json::serialize(lines);
    const std::string rule_text = json::serialize(rules);
    return json::serialize(json::object{
        {"item",          item.code           },
        {"name",          item.name           },
        {"version",       item.version        },
        {"rules_version", item.rules_version  },
        {"legal_basis",   item.legal_basis    },
        {"list_digest",   sm3_hex(list)       },
        {"rules_digest",  sm3_hex(rule_text)  },
        {"lines",         std::move(lines)    },
        {"rules",         std::move(rules)    },
        {"questions",     std::move(questions)}
    });
}

}  // namespace tongban
