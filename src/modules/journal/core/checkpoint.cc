#include "modules/journal/core/checkpoint.h"

#include <algorithm>
#include <charconv>

#include "base/bytes.h"

namespace tongban {
namespace {

constexpr std::string_view log_prefix = "tongban/log/";
constexpr std::string_view witness_prefix = "tongban/witness/";

// Decimal digits without a leading zero.
std::optional<std::uint64_t> read_number(std::string_view text)
{
    std::uint64_t number = 0;
    if (text.empty() || text.size() > 18 || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

struct Signer {
    std::string pem;
    CertificateFacts facts;
};

const Signer* find_signer(const std::vector<Signer>& signers, const NoteSignature& signature, NoteKey kind)
{
    const auto found = std::ranges::find_if(signers, [&](const Signer& signer) {
        const std::string name =
            kind == NoteKey::author ? log_origin(signer.facts.agency) : witness_name(signer.facts.agency);
        return name == signature.name && note_key_id(name, kind, signer.facts.public_key) == signature.key_id;
    });
    return found == signers.end() ? nullptr : &*found;
}

bool knows_registry(const std::vector<Signer>& signers, Agency agency)
{
    return std::ranges::any_of(signers, [&](const Signer& signer) { return signer.facts.agency == agency; });
}

void judge_witness(const NoteSignature& signature, std::string_view text, const std::vector<Signer>& signers,
                   SignatureJudge& judge, CheckpointVerdict& verdict)
{
    const Agency agency = agency_of_origin(signature.name);
    if (!knows_registry(signers, agency)) return;  // nobody told us whose key this would be: it proves nothing
    const Signer* signer = find_signer(signers, signature, NoteKey::witness);
    const auto timed = read_timed_signature(signature.signature);
    if (signer == nullptr || !timed || !judge.fits(signer->pem, cosigned_bytes(text, timed->at), timed->der)) {
        verdict.has_bad_witness = true;
    } else if (judge.is_trusted(signer->pem, timed->at)) {
        verdict.witnesses.push_back({agency, timed->at});
    }
}

}  // namespace

std::string log_origin(Agency agency)
{
    return std::string(log_prefix) + std::to_string(agency);
}

std::string witness_name(Agency agency)
{
    return std::string(witness_prefix) + std::to_string(agency);
}

Agency agency_of_origin(std::string_view origin)
{
    for (const std::string_view prefix : {log_prefix, witness_prefix}) {
        if (!origin.starts_with(prefix)) continue;
        const auto number = read_number(origin.substr(prefix.size()));
        if (number && *number >= 100000 && *number <= 999999) return static_cast<Agency>(*number);
    }
    return 0;
}

std::string checkpoint_text(const Checkpoint& checkpoint)
{
    return log_origin(checkpoint.agency) + "\n" + std::to_string(checkpoint.size) + "\n" + base64_of(checkpoint.root) +
           "\ntime " + std::to_string(checkpoint.at) + "\n";
}

std::optional<Checkpoint> read_checkpoint(std::string_view text)
{
    std::vector<std::string_view> lines;
    for (std::size_t at = 0; at < text.size() && lines.size() < 5;) {
        const std::size_t end = text.find('\n', at);
        if (end == std::string_view::npos) return std::nullopt;
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    if (lines.size() != 4 || !lines[0].starts_with(log_prefix) || !lines[3].starts_with("time ")) return std::nullopt;
    const auto size = read_number(lines[1]);
    const auto root = bytes_of_base64(lines[2]);
    const auto at = read_number(lines[3].substr(5));
    Checkpoint checkpoint;
    checkpoint.agency = agency_of_origin(lines[0]);
    if (checkpoint.agency == 0 || !size || !root || root->size() != merkle::hash_bytes || !at) return std::nullopt;
    checkpoint.size = *size;
    checkpoint.root = *root;
    checkpoint.at = static_cast<Millis>(*at);
    return checkpoint;
}

merkle::Hash leaf_of(std::string_view event_hash_hex)
{
    const auto bytes = bytes_of_hex(event_hash_hex);
    TONGBAN_ASSERT(bytes && bytes->size() == merkle::hash_bytes);
    return merkle::leaf_hash(*bytes);
}

std::string signed_checkpoint(const Checkpoint& checkpoint, AgencySigner& signer, const CertificateFacts& certificate)
{
    const std::string text = checkpoint_text(checkpoint);
    const std::string name = log_origin(checkpoint.agency);
    const auto der = bytes_of_base64url(signer.sign(checkpoint.agency, text));
    TONGBAN_ASSERT(der.has_value());
    return note_bytes({text, {{name, note_key_id(name, NoteKey::author, certificate.public_key), *der}}});
}

std::string cosignature(std::string_view text, Agency witness, Millis at, AgencySigner& signer,
                        const CertificateFacts& certificate)
{
    const std::string name = witness_name(witness);
    const auto der = bytes_of_base64url(signer.sign(witness, cosigned_bytes(text, at)));
    TONGBAN_ASSERT(der.has_value());
    return signature_line(
        {name, note_key_id(name, NoteKey::witness, certificate.public_key), timed_signature(at, *der)});
}

CheckpointVerdict judge_checkpoint(std::string_view bytes, const std::vector<std::string>& certificates,
                                   SignatureJudge& judge)
{
    CheckpointVerdict verdict;
    const auto note = read_note(bytes);
    if (!note) return verdict;
    verdict.checkpoint = read_checkpoint(note->text);
    if (!verdict.checkpoint) return verdict;
    std::vector<Signer> signers;
    for (const std::string& pem : certificates) {
        if (auto facts = judge.read(pem)) signers.push_back({pem, std::move(*facts)});
    }
    const std::string author = log_origin(verdict.checkpoint->agency);
    for (const NoteSignature& signature : note->signatures) {
        if (signature.name != author) {
            judge_witness(signature, note->text, signers, judge, verdict);
            continue;
        }
        const Signer* signer = find_signer(signers, signature, NoteKey::author);
        if (signer == nullptr || !judge.fits(signer->pem, note->text, signature.signature)) continue;
        verdict.is_signed = true;
        if (judge.is_trusted(signer->pem, verdict.checkpoint->at)) verdict.is_trusted = true;
    }
    return verdict;
}

}  // namespace tongban
