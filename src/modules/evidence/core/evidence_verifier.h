#pragma once
// Verifies evidence from its bytes alone: capsules, signed checkpoints, documents. No network, no platform, no clock.
// Every step is bounded by the size of the file, nothing throws on bad bytes. The same code answers `tongban verify`
// and the public page.

#include <optional>
#include <string>
#include <string_view>

#include "base/stored_archive.h"
#include "base/trust.h"
#include "base/verdict.h"
#include "modules/evidence/core/evidence_report.h"
#include "modules/journal/core/checkpoint.h"

namespace tongban {

class EvidenceVerifier {
public:
    // All must outlive it.
    EvidenceVerifier(SignatureJudge& judge, const StoredArchives& archives, FileVerifier& documents)
        : judge_(judge), archives_(archives), documents_(documents)
    {
    }

    // Whatever it is: capsule, checkpoint or document. `seen`: a checkpoint that the reader had before, as he kept it;
    // an older or contradicting one of the same log is then noticed.
    struct Context {
        std::string_view seen = {};
        std::string certificates = {};  // PEM, of log and witnesses, for a checkpoint alone
    };
    EvidenceReport verify(std::string_view bytes, const Context& context);
    EvidenceReport verify(std::string_view bytes) { return verify(bytes, Context{}); }

private:
    EvidenceReport verify_checkpoint(std::string_view bytes, const Context& context);

    SignatureJudge& judge_;
    const StoredArchives& archives_;
    FileVerifier& documents_;
};

// A capsule, or what is left of one: its first file says so.
bool looks_like_capsule(std::string_view bytes);

// core/capsule_verifier.cc
EvidenceReport verify_capsule(std::string_view bytes, SignatureJudge& judge, const StoredArchives& archives,
                              FileVerifier& documents);

}  // namespace tongban
