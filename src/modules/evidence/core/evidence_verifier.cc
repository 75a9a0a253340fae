#include "modules/evidence/core/evidence_verifier.h"

#include "modules/evidence/core/capsule.h"
#include "modules/evidence/core/evidence_problems.h"

namespace tongban {
namespace {

// Certificates one behind the other, each from its BEGIN line to the next.
std::vector<std::string> split_pem(const std::string& text)
{
    constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----";
    std::vector<std::string> all;
    for (std::size_t at = text.find(begin); at != std::string::npos && all.size() < 100;) {
        const std::size_t next = text.find(begin, at + 1);
        all.push_back(text.substr(at, next == std::string::npos ? next : next - at));
        at = next;
    }
    return all;
}

EvidenceReport document_report(const FileVerdict& verdict)
{
    EvidenceReport report;
    if (verdict.format == FileFormat::other) {
        report.kind = "other";
        report.fail(capsule_problem::not_evidence);
        return report;
    }
    report.kind = verdict.format == FileFormat::pdf ? "pdf" : "ofd";
    report.agency = verdict.agency;
    report.signer = verdict.signer_name;
    report.seal = verdict.seal_name;
    report.signed_at = verdict.signed_at;
    report.stamped_at = verdict.stamped_at;
    report.not_proven = verdict.not_proven;
    if (!verdict.is_genuine()) {
        report.fail(*verdict.fault, verdict.reason);
        return report;
    }
    report.proven = verdict.proven;
    report.unknown.push_back({"所载权利此刻是否仍然有效，请在核验页面查询登记簿",
                              "whether the right still stands: only the register knows"});
    return report;
}

}  // namespace

bool looks_like_capsule(std::string_view bytes)
{
    // A damaged head does not make a capsule something else: its parts say their names in clear.
    constexpr std::size_t head = 64;
    return bytes.substr(0, head).find(capsule_note_path) != std::string_view::npos ||
           (bytes.starts_with("PK") && bytes.find(capsule_note_path) != std::string_view::npos);
}

EvidenceReport EvidenceVerifier::verify(std::string_view bytes, const Context& context)
{
    if (looks_like_capsule(bytes)) return verify_capsule(bytes, judge_, archives_, documents_);
    if (bytes.starts_with("tongban/log/")) return verify_checkpoint(bytes, context);
    return document_report(documents_.verify(bytes));
}

EvidenceReport EvidenceVerifier::verify_checkpoint(std::string_view bytes, const Context& context)
{
    EvidenceReport report;
    report.kind = "checkpoint";
    const CheckpointVerdict verdict = judge_checkpoint(bytes, split_pem(context.certificates), judge_);
    if (!verdict.checkpoint) {
        report.fail(capsule_problem::manifest_malformed);
        return report;
    }
    if (!verdict.is_signed) {
        report.fail(capsule_problem::checkpoint_altered);
    } else if (!verdict.is_trusted) {
        report.fail(capsule_problem::unknown_root);
    }
    if (verdict.has_bad_witness) report.fail(capsule_problem::witness_altered);
    const Checkpoint& now = *verdict.checkpoint;
    const auto note = read_note(context.seen);
    const auto seen = note ? read_checkpoint(note->text) : std::nullopt;
    if (seen && seen->agency == now.agency) {
        if (now.size < seen->size) report.fail(capsule_problem::checkpoint_replayed);
        if (now.size == seen->size && now.root != seen->root) report.fail(capsule_problem::log_forked);
    }
    if (!report.defects.empty()) return report;
    const std::string size = std::to_string(now.size);
    report.proven.push_back({"登记机构 " + std::to_string(now.agency) + " 在 " + china_date_time(now.at) +
                                 "（其平台时钟）封存了 " + size + " 条事件",
                             "registry " + std::to_string(now.agency) + " sealed " + size + " events at " +
                                 utc_text(now.at) + " (its platform's clock)"});
    for (const WitnessWord& witness : verdict.witnesses) {
        report.proven.push_back({"登记机构 " + std::to_string(witness.witness) + " 见证了这个检查点",
                                 "registry " + std::to_string(witness.witness) + " witnessed this checkpoint"});
    }
    if (verdict.witnesses.empty())
        report.not_proven.push_back({"没有其他登记机构见证", "no other registry witnessed it"});
    if (!seen)
        report.unknown.push_back({"之前或之后的检查点是否与它一致（可用 --seen 指定见过的检查点）",
                                  "whether earlier or later checkpoints agree with it (--seen takes one)"});
    return report;
}

}  // namespace tongban
