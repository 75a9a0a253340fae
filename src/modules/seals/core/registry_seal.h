#pragma once
// The life of a registry's electronic seal, and who may put it on what (domain.md 7.3, 国务院令第716号 Art. 9). Pure.

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace tongban {

enum class SealKind { registration, collection };
enum class SealState { requested, approved, issued, refused, retired };
std::string_view to_text(SealKind kind);    // registration, collection
std::string_view to_text(SealState state);  // requested, approved, issued, refused, retired
std::string_view chinese(SealKind kind);  // 不动产登记专用章, 异地代收专用章: the lower line of the seal
std::string_view chinese(SealState state);
const SealKind* find_seal_kind(std::string_view text);
const SealState* find_seal_state(std::string_view text);

struct RegistrySeal {
    std::string id;
    std::int64_t version = 0;
    SealKind kind = SealKind::registration;
    std::string name;  // 济南市历下区不动产登记中心不动产登记专用章
    SealState state = SealState::requested;
    std::string reason;  // why it is wanted
    std::string requested_by;
    Millis requested_at = 0;
    std::string decided_by;  // approved or refused
    Millis decided_at = 0;
    std::string es_id;  // of the maker; empty until it is made
    Millis valid_from = 0;
    Millis valid_until = 0;
    std::string ended_by;
    Millis ended_at = 0;
    std::string ended_reason;
};

// One act on a seal gives the seal as it is afterwards. `who` is an account.
Result<RegistrySeal> approve(RegistrySeal seal, const std::string& who, Millis now);
Result<RegistrySeal> refuse(RegistrySeal seal, const std::string& who, const std::string& why, Millis now);
Result<RegistrySeal> make_issued(RegistrySeal seal, const std::string& es_id, Millis from, Millis until);
Result<RegistrySeal> retire(RegistrySeal seal, const std::string& who, const std::string& why, Millis now);

// What a seal is put on, by whom. Duties are the words of access: registrar, acceptor, collector …; "platform" is a
// worker that carries out an act that a person has done.
struct SealUse {
    std::string account;
    std::string duty;
    std::string purpose;  // certificate, letter, receipt, pages, document
    std::string subject;  // certificate, case or collection number
};
Result<void> may_use(const RegistrySeal& seal, const SealUse& use, Millis now);
// Is this kind of seal for that purpose in the hands of that duty at all?
bool is_purpose_of(SealKind kind, std::string_view duty, std::string_view purpose);

}  // namespace tongban
