#pragma once
// The workflow of a sitting: one table of steps, decide() and apply(), both pure (see cases/core/case_flow.h).

#include <span>
#include <variant>
#include <vector>

#include "base/result.h"
#include "modules/access/core/actor.h"
#include "modules/collections/core/collection.h"

namespace tongban {

enum class CollectionNeed {
    nothing,
    message,         // only a message of the home registry does this
    waiting,         // the application waits for other parties
    nothing_missing  // complete, and no blocking rule of the home registry about the unit
};

struct CollectionStep {
    CollectionState from;
    CollectionAction action;
    CollectionState to;
    Duty duty;
    CollectionNeed need;
};

// The whole workflow, printed as docs/collection-states.md. A step that is not listed is not allowed.
std::span<const CollectionStep> collection_steps();
std::string_view to_text(CollectionNeed need);

namespace collection_command {
struct Open {
    std::string id, number;
    Agency agency = 0;
    Agency home = 0;
    std::string item, catalog_version;
    VisitChannel channel = VisitChannel::window;
};
struct Join {  // as Open, for a case that was begun elsewhere
    Open opening;
    JoinedCase joined;
    std::optional<Application> application;
    std::optional<UnitPreview> unit;
    std::vector<Party> parties;
    ToldCase told;
};
struct SetApplication {
    Application application;
    UnitPreview unit;
};
struct AddParty {
    Party party;
};
struct ChangeParty {  // answers and signature given before are void
    Party party;
};
struct RemoveParty {
    std::string party;
};
struct RecordIdentity {
    std::string party;
    IdentityCheck check;
};
struct RecordAnswer {
    std::string party, question, answer, remark;
};
struct RecordSignature {
    std::string party, digest;
};
struct AddPage {  // the same id again with the same digest gives no event; with another digest it replaces
    std::string line;
    MaterialPage page;
};
struct PlacedLeaf {
    std::string id;
    int rotation = 0;
};
struct ArrangeMaterial {  // pages left out are removed
    std::string line;
    MaterialForm form = MaterialForm::original;
    int copies = 1;
    FormalCheck check = FormalCheck::unchecked;
    std::string remark;
    std::vector<PlacedLeaf> pages;
};
struct Push {
    std::string message_id, package_digest;
    std::vector<PreviewCheck> checks;  // asked again at this moment
};
struct Cancel {
    std::string reason;
};
struct End {
    std::string reason;
};
struct TakeCaseNumber {
    std::string number;
};
struct TakeReceipt {
    std::string message_id;  // of the push it answers
    Millis received_at = 0;
    std::string signature;
};
struct TakeProgress {  // older than what is known: no event
    ToldCase told;
};
}  // namespace collection_command

using CollectionCommand =
    std::variant<collection_command::Open, collection_command::Join, collection_command::SetApplication,
                 collection_command::AddParty, collection_command::ChangeParty, collection_command::RemoveParty,
                 collection_command::RecordIdentity, collection_command::RecordAnswer,
                 collection_command::RecordSignature, collection_command::AddPage, collection_command::ArrangeMaterial,
                 collection_command::Push, collection_command::Cancel, collection_command::End,
                 collection_command::TakeCaseNumber, collection_command::TakeReceipt, collection_command::TakeProgress>;

CollectionAction action_of(const CollectionCommand& command);

struct CollectionFacts {
    Actor actor;
    bool platform = false;  // a message of the home registry
    Millis now = 0;
    const Item* item = nullptr;  // the pinned version of the item; needed by every command of a person
};

namespace collection_event {
struct Opened {
    static constexpr std::string_view type = "opened";
    Stamp stamp;
    Agency agency = 0;
    std::string id, number;
    Agency home = 0;
    std::string item, catalog_version;
    VisitChannel channel = VisitChannel::window;
};
BOOST_DESCRIBE_STRUCT(Opened, (), (stamp, agency, id, number, home, item, catalog_version, channel))
struct Joined {
    static constexpr std::string_view type = "joined";
    Stamp stamp;
    Opened opening;
    JoinedCase joined;
    std::optional<Application> application;
    std::optional<UnitPreview> unit;
    std::vector<Party> parties;
    ToldCase told;
};
BOOST_DESCRIBE_STRUCT(Joined, (), (stamp, opening, joined, application, unit, parties, told))
struct ApplicationSet {
    static constexpr std::string_view type = "application_set";
    Stamp stamp;
    Application application;
    UnitPreview unit;
};
BOOST_DESCRIBE_STRUCT(ApplicationSet, (), (stamp, application, unit))
struct PartyAdded {
    static constexpr std::string_view type = "party_added";
    Stamp stamp;
    Party party;
};
BOOST_DESCRIBE_STRUCT(PartyAdded, (), (stamp, party))
struct PartyChanged {
    static constexpr std::string_view type = "party_changed";
    Stamp stamp;
    Party party;
};
BOOST_DESCRIBE_STRUCT(PartyChanged, (), (stamp, party))
struct PartyRemoved {
    static constexpr std::string_view type = "party_removed";
    Stamp stamp;
    std::string party;
};
BOOST_DESCRIBE_STRUCT(PartyRemoved, (), (stamp, party))
struct IdentityChecked {
    static constexpr std::string_view type = "identity_checked";
    Stamp stamp;
    std::string party;
    IdentityCheck check;
};
BOOST_DESCRIBE_STRUCT(IdentityChecked, (), (stamp, party, check))
struct AnswerRecorded {
    static constexpr std::string_view type = "answer_recorded";
    Stamp stamp;
    std::string party;
    InterviewAnswer answer;
};
BOOST_DESCRIBE_STRUCT(AnswerRecorded, (), (stamp, party, answer))
struct Signed {
    static constexpr std::string_view type = "signed";
    Stamp stamp;
    std::string party, digest;
};
BOOST_DESCRIBE_STRUCT(Signed, (), (stamp, party, digest))
struct PageAdded {
    static constexpr std::string_view type = "page_added";
    Stamp stamp;
    std::string line;
    MaterialPage page;
    std::string replaced;  // digest of the file that this one replaces; empty: a new page
};
BOOST_DESCRIBE_STRUCT(PageAdded, (), (stamp, line, page, replaced))
struct MaterialArranged {
    static constexpr std::string_view type = "material_arranged";
    Stamp stamp;
    Material material;
};
BOOST_DESCRIBE_STRUCT(MaterialArranged, (), (stamp, material))
struct Pushed {
    static constexpr std::string_view type = "pushed";
    Stamp stamp;
    std::string message_id, package_digest;
};
BOOST_DESCRIBE_STRUCT(Pushed, (), (stamp, message_id, package_digest))
struct Cancelled {
    static constexpr std::string_view type = "cancelled";
    Stamp stamp;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Cancelled, (), (stamp, reason))
struct EndAsked {
    static constexpr std::string_view type = "end_asked";
    Stamp stamp;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(EndAsked, (), (stamp, reason))
struct CaseNumbered {
    static constexpr std::string_view type = "case_numbered";
    Stamp stamp;
    std::string number;
};
BOOST_DESCRIBE_STRUCT(CaseNumbered, (), (stamp, number))
struct ReceiptTaken {
    static constexpr std::string_view type = "receipt_taken";
    Stamp stamp;
    std::string message_id;
    Millis received_at = 0;
    std::string signature;
};
BOOST_DESCRIBE_STRUCT(ReceiptTaken, (), (stamp, message_id, received_at, signature))
struct ProgressTaken {
    static constexpr std::string_view type = "progress_taken";
    Stamp stamp;
    ToldCase told;
};
BOOST_DESCRIBE_STRUCT(ProgressTaken, (), (stamp, told))
}  // namespace collection_event

using CollectionEvent =
    std::variant<collection_event::Opened, collection_event::Joined, collection_event::ApplicationSet,
                 collection_event::PartyAdded, collection_event::PartyChanged, collection_event::PartyRemoved,
                 collection_event::IdentityChecked, collection_event::AnswerRecorded, collection_event::Signed,
                 collection_event::PageAdded, collection_event::MaterialArranged, collection_event::Pushed,
                 collection_event::Cancelled, collection_event::EndAsked, collection_event::CaseNumbered,
                 collection_event::ReceiptTaken, collection_event::ProgressTaken>;

// Pure. An empty list of events: nothing to do, the command was done already.
Result<std::vector<CollectionEvent>> decide(const Collection& state, const CollectionCommand& command,
                                            const CollectionFacts& facts);
Collection apply(Collection state, const CollectionEvent& event);

std::vector<CollectionAction> allowed_actions(const Collection& state, const Actor& actor);

// If-Match. News of the home registry (case number, receipt, progress) come at any moment and overwrite nothing that a
// clerk edits: they make no version stale; the table of steps judges the new state. already_pushed when the sitting was
// pushed meanwhile and this is a push, else changed_meanwhile.
Result<void> check_version(const Collection& state, std::int64_t seen, CollectionAction action);

// collections.unit_blocked naming the rules, when a blocking one did not pass.
Result<void> check_not_blocked(const std::vector<PreviewCheck>& checks);

std::string collection_states_document();

}  // namespace tongban
