#pragma once
// What a registry says of its log at one moment: how many events, and the root over them. Signed by the registry, and
// counter-signed by other registries that have seen it grow (C2SP tlog-checkpoint with one line more: the time).
//     tongban/log/370102
//     1234
//     <base64 of the root>
//     time 1795413909000

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/trust.h"
#include "modules/journal/core/merkle.h"
#include "modules/journal/core/signed_note.h"

namespace tongban {

struct Checkpoint {
    Agency agency = 0;
    std::uint64_t size = 0;  // events: leaf i is the event of seq i + 1
    merkle::Hash root;
    Millis at = 0;  // when it was sealed, as the registry's platform says
};

std::string log_origin(Agency agency);             // tongban/log/370102, also the name of its key
std::string witness_name(Agency agency);           // tongban/witness/370202
Agency agency_of_origin(std::string_view origin);  // of either; 0 for another text

std::string checkpoint_text(const Checkpoint& checkpoint);
std::optional<Checkpoint> read_checkpoint(std::string_view text);

// The data of a leaf is the event's hash (journal_hash.h) as raw bytes: digests only, no personal data.
merkle::Hash leaf_of(std::string_view event_hash_hex);

// Signed by the registry itself.
std::string signed_checkpoint(const Checkpoint& checkpoint, AgencySigner& signer, const CertificateFacts& certificate);
// The line by which `witness` says that it saw this checkpoint and that it continues the one seen before.
std::string cosignature(std::string_view text, Agency witness, Millis at, AgencySigner& signer,
                        const CertificateFacts& certificate);

struct WitnessWord {
    Agency witness = 0;
    Millis at = 0;
};

// What a signed checkpoint proves, given certificates that may be those of its signers.
struct CheckpointVerdict {
    std::optional<Checkpoint> checkpoint;  // nothing: not a checkpoint of this form
    bool is_signed = false;                // by the key of a certificate of that registry
    bool is_trusted = false;               // and that certificate is under a root and was valid then
    std::vector<WitnessWord> witnesses;    // good ones, under a root
    bool has_bad_witness = false;          // a line of a registry whose certificate is here does not fit
    bool is_genuine() const { return checkpoint && is_signed && is_trusted; }
};
CheckpointVerdict judge_checkpoint(std::string_view note, const std::vector<std::string>& certificates,
                                   SignatureJudge& judge);

}  // namespace tongban
