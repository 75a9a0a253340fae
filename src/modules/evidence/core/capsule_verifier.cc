#include <algorithm>
#include <map>
#include <set>

#include "base/bytes.h"
#include "base/json.h"
#include "base/record.h"
#include "modules/evidence/core/capsule_extracts.h"
#include "modules/evidence/core/evidence_problems.h"
#include "modules/evidence/core/evidence_verifier.h"
#include "modules/exchange/core/exchange.h"
#include "modules/journal/core/journal_hash.h"

namespace tongban {
namespace {

using namespace capsule_problem;

constexpr std::size_t json_bytes_max = 16U << 20;
constexpr std::size_t certificates_max = 50;

// JSON that anybody may have written: bounded depth, no surprises, then our form or nothing.
template <class T>
std::optional<T> record_in(std::string_view text)
{
    if (text.size() > json_bytes_max) return std::nullopt;
    const auto value = parse_json(text);
    T read{};
    if (!value || !read_record(*value, RecordForm::grown, read)) return std::nullopt;
    return read;
}

std::string count_text(std::size_t count)
{
    return std::to_string(count);
}

class CapsuleCheck {
public:
    CapsuleCheck(std::string_view bytes, SignatureJudge& judge, const StoredArchives& archives, FileVerifier& documents)
        : bytes_(bytes), judge_(judge), archives_(archives), documents_(documents)
    {
        report_.kind = "capsule";
    }

    EvidenceReport run()
    {
        if (check_container() && check_statement()) {
            check_parts();
            check_checkpoint();
            check_events();
            check_extracts();
            check_receipts();
            check_pages();
            check_documents();
            if (report_.defects.empty() && !container_.is_whole) report_.fail(container_altered);
        }
        if (report_.defects.empty()) {
            say_what_is_unknown();
        } else {
            report_.proven.clear();  // beside a defect no line should comfort anybody
            report_.not_proven.clear();
            report_.signer.clear();
            report_.agency = 0;
            report_.signed_at = 0;
        }
        return std::move(report_);
    }

private:
    bool no(const Problem& problem, std::string where = {})
    {
        report_.fail(problem, std::move(where));
        return false;
    }
    void proven(std::string chinese, std::string english)
    {
        report_.proven.push_back({std::move(chinese), std::move(english)});
    }

    bool check_container()
    {
        auto container = archives_.read(bytes_);
        if (!container) return no(container_altered);
        container_ = std::move(*container);
        for (const auto& entry : container_.entries) {
            if (!entry.path.starts_with(capsule_certificates_folder)) continue;
            if (certificates_.size() == certificates_max) return no(part_added, std::string(entry.path));
            certificates_.emplace_back(entry.content);
        }
        return true;
    }

    // Who speaks, and is it really he? Then the manifest against what he signed.
    bool check_statement()
    {
        const auto* note_file = container_.find(capsule_note_path);
        const auto* manifest_file = container_.find(capsule_manifest_path);
        if (note_file == nullptr || manifest_file == nullptr)
            return no(part_missing, std::string(note_file == nullptr ? capsule_note_path : capsule_manifest_path));
        const auto note = read_note(note_file->content);
        auto statement = note ? read_statement(note->text) : std::nullopt;
        if (!statement || note->signatures.size() != 1) return no(manifest_malformed, std::string(capsule_note_path));
        statement_ = std::move(*statement);
        if (!check_signer(*note)) return false;

        auto manifest = record_in<CapsuleManifest>(manifest_file->content);
        if (!manifest || manifest->format != capsule_format)
            return no(manifest_malformed, std::string(capsule_manifest_path));
        manifest_ = std::move(*manifest);
        return check_root();
    }

    bool check_signer(const SignedNote& note)
    {
        const NoteSignature& signature = note.signatures.front();
        bool names_another = false;
        for (const std::string& pem : certificates_) {
            const auto facts = judge_.read(pem);
            if (!facts || !judge_.fits(pem, note.text, signature.signature)) continue;
            if (facts->agency != statement_.agency || signature.name != capsule_origin(facts->agency)) {
                names_another = true;
                continue;
            }
            if (signature.key_id != note_key_id(signature.name, NoteKey::author, facts->public_key)) continue;
            if (!judge_.is_trusted(pem, statement_.made_at)) return no(unknown_root, facts->name);
            report_.signer = facts->name;
            report_.agency = facts->agency;
            report_.signed_at = statement_.made_at;
            return true;
        }
        return no(names_another ? wrong_signer : statement_altered, std::string(capsule_note_path));
    }

    // When the parts that are here fit their lines of the manifest, yet the manifest does not fit the signed root, the
    // change lies in a line of a part that is hidden.
    bool check_root()
    {
        if (manifest_.parts.size() == statement_.parts && root_of(manifest_.parts) == statement_.root) return true;
        const bool has_hidden =
            std::ranges::any_of(manifest_.parts, [](const CapsulePart& part) { return part.salt.empty(); });
        bool shown_fit = true;
        for (const CapsulePart& part : manifest_.parts) shown_fit = shown_fit && (part.salt.empty() || fits(part));
        const bool same_count = manifest_.parts.size() == statement_.parts;
        return no(has_hidden && shown_fit && same_count ? hidden_part_changed : manifest_altered);
    }

    bool fits(const CapsulePart& part) const
    {
        const auto* entry = container_.find(part.path);
        const auto salt = bytes_of_hex(part.salt);
        return entry != nullptr && salt && salt->size() == salt_bytes &&
               static_cast<std::int64_t>(entry->content.size()) == part.bytes &&
               salted_digest(*salt, entry->content) == part.digest;
    }

    void check_parts()
    {
        std::set<std::string_view> known;
        for (const CapsulePart& part : manifest_.parts) {
            known.insert(part.path);
            const auto* entry = container_.find(part.path);
            if (entry == nullptr) {
                // A salt without its part: it was here when the capsule was made.
                if (!part.salt.empty()) no(part_missing, part.path);
                report_.hidden.push_back(part.path);
            } else if (!fits(part)) {
                no(part_altered, part.path);
            } else {
                parts_.emplace(part.path, entry->content);
            }
        }
        for (const auto& entry : container_.entries) {
            if (known.contains(entry.path) || entry.path == capsule_note_path || entry.path == capsule_manifest_path)
                continue;
            no(part_added, std::string(entry.path));
        }
        for (const std::string_view path : {capsule_path::summary, capsule_path::timeline, capsule_path::log,
                                            capsule_path::checkpoint, capsule_path::pages}) {
            if (!parts_.contains(path) && report_.defects.empty()) no(part_missing, std::string(path));
        }
        if (!report_.defects.empty()) return;
        proven("登记机构 " + report_.signer + " 就办件 " + statement_.number + " 作出声明并签名（" +
                   china_date_time(statement_.made_at) + "，其平台时钟）",
               "registry " + report_.signer + " signed this statement on case " + statement_.number + " (" +
                   utc_text(statement_.made_at) + ", its platform's clock)");
        proven("所附 " + count_text(parts_.size()) + " 个部分与签名时一致，没有改动、增加或替换",
               count_text(parts_.size()) + " parts are as they were when signed: none changed, added or replaced");
        if (!report_.hidden.empty()) {
            report_.not_proven.push_back({"有 " + count_text(report_.hidden.size()) +
                                              " 个部分被隐去，其内容未能查看；日后出示时可与所留摘要核对",
                                          count_text(report_.hidden.size()) +
                                              " parts are hidden: nothing is known of them, but what is shown "
                                              "later can be held against their digests"});
        }
    }

    std::string_view part(std::string_view path) const
    {
        const auto found = parts_.find(path);
        return found == parts_.end() ? std::string_view{} : found->second;
    }

    void check_checkpoint()
    {
        if (!report_.defects.empty()) return;
        const CheckpointVerdict verdict = judge_checkpoint(part(capsule_path::checkpoint), certificates_, judge_);
        const std::string where{capsule_path::checkpoint};
        if (!verdict.checkpoint) {
            no(manifest_malformed, where);
        } else if (!verdict.is_signed || verdict.checkpoint->agency != statement_.agency) {
            no(checkpoint_altered, where);
        } else if (!verdict.is_trusted) {
            no(unknown_root, where);
        } else if (verdict.has_bad_witness) {
            no(witness_altered, where);
        }
        if (!report_.defects.empty()) return;
        checkpoint_ = *verdict.checkpoint;
        if (verdict.witnesses.empty()) {
            report_.not_proven.push_back(
                {"没有其他登记机构见证所附的日志检查点", "no other registry witnessed the checkpoint in it"});
        } else {
            std::string names;
            for (const WitnessWord& witness : verdict.witnesses)
                names += (names.empty() ? "" : ", ") + std::to_string(witness.witness);
            proven("其他登记机构见证了日志检查点：" + names, "other registries witnessed the checkpoint: " + names);
        }
    }

    void check_events()
    {
        if (!report_.defects.empty()) return;
        const auto log = record_in<std::vector<ProvenEvent>>(part(capsule_path::log));
        if (!log) {
            no(manifest_malformed, std::string(capsule_path::log));
            return;
        }
        if (static_cast<std::int64_t>(log->size()) != statement_.version) {
            no(log_truncated, std::string(capsule_path::log));
            return;
        }
        bool all_shown = true;
        std::int64_t version = 0;
        for (const ProvenEvent& event : *log) {
            if (event.version != ++version || event.seq <= 0 ||
                static_cast<std::uint64_t>(event.seq) > checkpoint_.size) {
                no(log_truncated, event_path(version));
                return;
            }
            if (!is_in_log(event)) no(not_in_log, event_path(version));
            const std::string path = event_path(version);
            const auto found = parts_.find(path);
            if (found == parts_.end()) {
                all_shown = false;
            } else {
                check_event(event, path, found->second);
            }
        }
        if (!report_.defects.empty()) return;
        proven("办件的 " + count_text(log->size()) + " 条事件都在登记机构的日志中，次序未变",
               "all " + count_text(log->size()) + " events of the case are in the registry's log, in this order");
        if (all_shown) {
            proven("每条事件的内容与日志中的摘要一致", "every event's content fits its hash in the log");
        } else {
            events_.clear();
            report_.not_proven.push_back(
                {"事件的原文被隐去，只证明其存在与位置",
                 "the events' contents are hidden: only that they exist, and where, is proven"});
        }
    }

    bool is_in_log(const ProvenEvent& event) const
    {
        const auto hash = bytes_of_hex(event.hash);
        if (!hash || hash->size() != merkle::hash_bytes || event.proof.size() > merkle::proof_hashes_max) return false;
        merkle::Proof proof;
        for (const std::string& hex : event.proof) {
            auto step = bytes_of_hex(hex);
            if (!step) return false;
            proof.push_back(std::move(*step));
        }
        return merkle::proves_inclusion(merkle::leaf_hash(*hash), static_cast<std::uint64_t>(event.seq) - 1,
                                        checkpoint_.size, proof, checkpoint_.root);
    }

    void check_event(const ProvenEvent& proven_event, const std::string& path, std::string_view content)
    {
        auto event = record_in<CapsuleEvent>(content);
        if (!event) {
            no(manifest_malformed, path);
            return;
        }
        JournalEvent link;
        link.agency = statement_.agency;
        link.seq = event->seq;
        link.aggregate = event->aggregate;
        link.aggregate_id = event->aggregate_id;
        link.version = event->version;
        link.type = event->type;
        link.body = event->body;
        link.actor = event->actor;
        link.at = event->at;
        link.prev_hash = event->prev_hash;
        if (event->seq != proven_event.seq || event->version != proven_event.version || event->aggregate != "case" ||
            event->aggregate_id != statement_.number || journal_hash(link) != proven_event.hash) {
            no(event_altered, path);
            return;
        }
        events_.push_back(std::move(*event));
    }

    // The extracts are nothing but what the events make.
    void check_extracts()
    {
        if (!report_.defects.empty()) return;
        if (events_.empty()) {
            check_summary_alone();
            return;
        }
        std::map<std::string, std::string> expected;
        try {
            expected = capsule_extracts(events_);
        } catch (const std::exception&) {
            no(state_differs, "events/");
            return;
        }
        for (const auto& [path, content] : expected) {
            const auto shown_part = parts_.find(path);
            if (shown_part != parts_.end() && !same(content, shown_part->second)) no(state_differs, path);
        }
        if (report_.defects.empty())
            proven("案情摘要、当事人、材料、决定和时限台账均可由事件逐条推算得出",
                   "summary, parties, materials, decisions and clock are what the events add up to");
    }

    // As JSON, so that a record that got another member since the capsule was made still compares by what it says.
    static bool same(std::string_view expected, std::string_view shown_text)
    {
        const auto a = parse_json(expected);
        const auto b = parse_json(shown_text);
        return a && b && covers(*a, *b);
    }
    static bool covers(const json::value& wide, const json::value& narrow)
    {
        if (wide.is_object() && narrow.is_object()) {
            return std::ranges::all_of(narrow.get_object(), [&](const auto& member) {
                const json::value* other = wide.get_object().if_contains(member.key());
                return other != nullptr && covers(*other, member.value());
            });
        }
        if (wide.is_array() && narrow.is_array())
            return std::ranges::equal(wide.get_array(), narrow.get_array(), covers);
        return wide == narrow;
    }

    void check_summary_alone()
    {
        const auto summary = record_in<CapsuleSummary>(part(capsule_path::summary));
        if (!summary) {
            no(manifest_malformed, std::string(capsule_path::summary));
        } else if (summary->number != statement_.number || summary->home != statement_.agency ||
                   summary->version != statement_.version) {
            no(state_differs, std::string(capsule_path::summary));
        }
    }

    // The home registry's own word to the windows that it has their packages, as the messages carried it.
    void check_receipts()
    {
        if (!report_.defects.empty()) return;
        const auto summary = record_in<CapsuleSummary>(part(capsule_path::summary));
        const std::string folder = std::string(capsule_path::receipts) + "/";
        std::size_t good = 0;
        for (auto found = parts_.lower_bound(folder); found != parts_.end() && found->first.starts_with(folder);
             ++found) {
            const auto receipt = record_in<CapsuleReceipt>(found->second);
            if (!receipt || !summary) {
                no(manifest_malformed, found->first);
            } else if (!is_receipt(*receipt, *summary)) {
                no(receipt_altered, found->first);
            } else {
                ++good;
            }
        }
        if (good > 0 && report_.defects.empty())
            proven(
                "属地登记机构签收了代收地送达的资料包，摘要与办件记录一致（" + count_text(good) + " 份）",
                "the home registry signed for the packages of the collecting one, and their digests are the case's (" +
                    count_text(good) + ")");
    }

    bool is_receipt(const CapsuleReceipt& receipt, const CapsuleSummary& summary) const
    {
        const Message message{receipt.id,   statement_.agency, receipt.to,      receipt.kind,
                              receipt.body, receipt.digest,    receipt.sent_at, receipt.signature};
        const auto der = bytes_of_base64url(receipt.signature);
        const bool is_signed =
            der && std::ranges::any_of(certificates_, [&](const std::string& pem) {
                const auto facts = judge_.read(pem);
                return facts && facts->agency == statement_.agency && judge_.fits(pem, message_bytes(message), *der);
            });
        const auto body = parse_json(receipt.body);
        const json::value* digest =
            body && body->is_object() ? body->get_object().if_contains("package_digest") : nullptr;
        return is_signed && sm3_hex(receipt.body) == receipt.digest && digest != nullptr &&
               std::ranges::any_of(summary.visits, [&](const CapsuleVisit& visit) {
                   return visit.collecting == receipt.to && *digest == json::value(visit.package_digest);
               });
    }

    void check_pages()
    {
        if (!report_.defects.empty()) return;
        const auto pages = record_in<std::vector<CapsulePage>>(part(capsule_path::pages));
        if (!pages) {
            no(manifest_malformed, std::string(capsule_path::pages));
            return;
        }
        std::size_t here = 0;
        for (const CapsulePage& page : *pages) {
            const auto found = parts_.find("pages/" + page.digest);
            if (found == parts_.end()) continue;
            ++here;
            if (sm3_hex(found->second) != page.digest) no(page_altered, found->first);
        }
        for (std::size_t i = 0; i < 100; ++i) {
            const auto drawn = parts_.find(numbered_path("signatures", i, "png"));
            const auto party = parts_.find(numbered_path("parties", i, "json"));
            if (drawn == parts_.end() || party == parts_.end()) continue;
            const auto participant = record_in<Participant>(party->second);
            if (!participant || !participant->signature || sm3_hex(drawn->second) != participant->signature->digest)
                no(page_altered, drawn->first);
        }
        if (!report_.defects.empty()) return;
        if (here > 0)
            proven("所附 " + count_text(here) + " 份材料文件与窗口收取时逐字节一致",
                   count_text(here) + " files of materials are byte for byte what the window took in");
        if (here < pages->size())
            report_.not_proven.push_back(
                {"另有 " + count_text(pages->size() - here) + " 份材料文件不在其中，只留有摘要",
                 count_text(pages->size() - here) + " files of materials are not here, only their digests"});
    }

    void check_documents()
    {
        if (!report_.defects.empty()) return;
        for (const auto& [path, content] : parts_) {
            if (!path.starts_with("issued/")) continue;
            const FileVerdict verdict = documents_.verify(content);
            if (!verdict.is_genuine() || verdict.agency != statement_.agency) {
                no(document_not_genuine, path);
            } else {
                proven("所附电子证照 " + path + " 由同一登记机构签发，未被改动",
                       "certificate " + path + " was issued by the same registry and not changed");
            }
        }
    }

    void say_what_is_unknown()
    {
        report_.unknown.push_back({"登记簿此刻的状态：存证包只说明到 " + china_date_time(statement_.made_at) + " 为止",
                                   "the register as it is now: the capsule ends at " + utc_text(statement_.made_at)});
        report_.unknown.push_back({"各时间来自登记机构的平台时钟，没有独立的时间戳机构佐证",
                                   "times are the platform's own: no independent authority attests them"});
        report_.unknown.push_back(
            {"当事人所述和材料内容是否属实：只证明收到了什么、何时、由谁经办",
             "whether what people said and handed in is true: only what was taken, when, by whom"});
    }

    const std::string_view bytes_;
    SignatureJudge& judge_;
    const StoredArchives& archives_;
    FileVerifier& documents_;
    EvidenceReport report_;
    StoredContainer container_;
    std::vector<std::string> certificates_;
    CapsuleStatement statement_;
    CapsuleManifest manifest_;
    std::map<std::string, std::string_view, std::less<>> parts_;
    Checkpoint checkpoint_;
    std::vector<CapsuleEvent> events_;
};

}  // namespace

EvidenceReport verify_capsule(std::string_view bytes, SignatureJudge& judge, const StoredArchives& archives,
                              FileVerifier& documents)
{
    return CapsuleCheck(bytes, judge, archives, documents).run();
}

}  // namespace tongban
