#pragma once
// What is collected at a window and pushed to the home registry: application, parties with identity evidence and
// interview, material lines with their pages. One value shared by the sitting (where it grows) and the case (where it
// is read only). Holds no personal number in clear: numbers and phones are sealed for the registry that keeps the
// dossier, with a mask for people and a keyed digest for comparing.

#include <boost/describe.hpp>
#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "modules/catalog/core/item.h"
#include "modules/materials/core/application.h"
#include "modules/parties/core/party.h"

namespace tongban {

struct InterviewAnswer {
    std::string question;  // id of the catalogue
    std::string text;      // the question as it was asked
    std::string answer;
    std::string remark;
    Millis answered_at = 0;
};
BOOST_DESCRIBE_STRUCT(InterviewAnswer, (), (question, text, answer, remark, answered_at))

struct DrawnMark {
    std::string digest;  // SM3 of the PNG in the object store
    Millis signed_at = 0;
};
BOOST_DESCRIBE_STRUCT(DrawnMark, (), (digest, signed_at))

// A party with what the window recorded about him.
struct Participant {
    Party party;
    std::vector<InterviewAnswer> answers;
    std::optional<DrawnMark> signature;  // over the answers given so far: another answer makes it void
    std::string part = {};               // at the home registry: the visit where he was, the id of its collection
};
BOOST_DESCRIBE_STRUCT(Participant, (), (party, answers, signature, part))

enum class PageKind { jpeg, png, pdf };
BOOST_DESCRIBE_ENUM(PageKind, jpeg, png, pdf)

// One file of a material line.
struct MaterialPage {
    std::string id;  // chosen by the client
    std::string name;
    PageKind kind = PageKind::jpeg;
    std::int64_t bytes = 0;
    std::string digest;  // SM3 of the file as received: its name in the object store
    int leaves = 1;      // pages of a PDF
    int rotation = 0;    // 0, 90, 180, 270, for showing only
    Millis added_at = 0;
    std::string added_by;
    std::string part = {};  // at the home registry: the visit that brought it
};
BOOST_DESCRIBE_STRUCT(MaterialPage, (), (id, name, kind, bytes, digest, leaves, rotation, added_at, added_by, part))

BOOST_DESCRIBE_ENUM(MaterialForm, original, copy, electronic)
enum class FormalCheck { unchecked, passed, failed };
BOOST_DESCRIBE_ENUM(FormalCheck, unchecked, passed, failed)

struct Material {
    std::string code;  // of the list line, M10
    MaterialForm form = MaterialForm::original;
    int copies = 1;
    FormalCheck check = FormalCheck::unchecked;
    std::string remark;
    std::vector<MaterialPage> pages;
};
BOOST_DESCRIBE_STRUCT(Material, (), (code, form, copies, check, remark, pages))

struct Dossier {
    std::optional<Application> application;
    std::vector<Participant> parties;
    std::vector<Material> materials;  // lines that were touched
};
BOOST_DESCRIBE_STRUCT(Dossier, (), (application, parties, materials))

const Participant* find_party(const Dossier& dossier, std::string_view id);
Participant* find_party(Dossier& dossier, std::string_view id);
const Material* find_material(const Dossier& dossier, std::string_view code);
Material& material_of(Dossier& dossier, std::string_view code);  // made when it is not there yet

struct PlacedPage {
    const Material* material = nullptr;
    const MaterialPage* page = nullptr;
};
PlacedPage find_page(const Dossier& dossier, std::string_view page_id);

// "张三、李四银行": parties without their agents, for lists and letters.
std::string party_names(const Dossier& dossier);
// Names in one role.
std::string names_in_role(const Dossier& dossier, PartyRole role);

// Is this party asked at the window, and does he sign? Natural persons are, but not one for whom a guardian or an agent
// acts: what he declares within his authority binds the principal (民法典 162, 163), whose power of attorney is on the
// material list. An organisation speaks through its agent.
bool is_asked(const Dossier& dossier, const Party& party);

// Name and number were found to be one person's, in the visit where he was.
bool is_verified(const Party& party);
// Whom he acts for; himself when he acts for nobody.
const std::string& principal_of(const Party& party);

// What he is asked: the questions of his role, and those of whom he acts for. In the order of the item.
std::vector<InterviewQuestion> questions_of(const Dossier& dossier, const Party& party, const Item& item,
                                            const Facts& facts);

// What the dossier tells by itself (data/catalog/README.md): fields, counts of parties, materials. `today`, 2026-11-24,
// decides who is a minor. Fields are known once there is an application; one that is not asked is empty.
Facts facts_of(const Dossier& dossier, const Item& item, std::string_view today);

}  // namespace tongban
