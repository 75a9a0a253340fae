#pragma once
// The people, companies and units of the demonstration. Everything is invented: birth years 1900 (of the child 2015),
// organisation codes of the synthetic series, units in parcels that do not exist. The stand-ins of the sandbox (ID
// reader, police) and the demo province show the same people, so that the main path can be walked at a window.

#include <boost/json/fwd.hpp>
#include <span>
#include <string>
#include <string_view>

#include "base/sql.h"

namespace tongban {

struct DemoPerson {
    std::string_view key;  // ?person= of the ID reader
    std::string_view name;
    std::string_view number;
    std::string_view sex;
    std::string_view birth_date;
    std::string_view address;
    std::string_view phone;
    std::string_view what;                       // for the reader of the demo
    std::string_view former_name = {};           // the register still knows him by it
    std::string_view document = "citizen_card";  // a word of DocumentType

    // Citizen cards and residence permits can be read by the reader of a window.
    bool has_card() const { return document == "citizen_card" || document == "residence_permit"; }
};

struct DemoOrganisation {
    std::string_view key;
    std::string_view name;
    std::string_view number;
    std::string_view phone;
    std::string_view what;
    std::string_view former_name;
};

// What stands on a unit of the demonstration beside its owner; demo_province.cc enters it.
enum class DemoState {
    free,
    mortgaged,
    seized,
    shared,  // 1/3 and 2/3
    joint,
    objection,
    residence_right,
    transfer_ban,
    waiting_seizure,
    locked,
    certificate_lost,
    term_expired,
    minor,
    unsold,        // the developer's, after the first registration
    sale_notice,   // the same, with the buyer's pre-notice
    both_notices,  // and with that of the mortgage
    construction_mortgage,
    placeholder,
    seized_parcel,  // a parcel, not a flat
    on_seized_parcel,
    old_county  // with the number of a county that does not exist any more
};
std::string_view to_text(DemoState state);

struct DemoUnit {
    Agency agency;
    std::string_view unit_number;
    std::string_view location;
    bool home;
    std::string_view use_name;
    std::string_view area;
    std::string_view owner;  // key of a DemoPerson or DemoOrganisation
    DemoState state;
    std::string_view what;
    int serial = 0;  // its place in demo_units(), from 1: certificates are numbered by it
};

// "鲁(2021)演示不动产权第0000007号": of the owner who stands first; the proof of what was entered first.
std::string demo_title_number(const DemoUnit& unit);
std::string demo_proof_number(const DemoUnit& unit);

std::span<const DemoPerson> demo_persons();
std::span<const DemoOrganisation> demo_organisations();
std::span<const DemoUnit> demo_units();

const DemoPerson* find_demo_person(std::string_view key);  // nullptr when there is none
const DemoPerson* find_demo_person_by_number(std::string_view number);
const DemoOrganisation* find_demo_organisation(std::string_view key);
const DemoOrganisation* find_demo_organisation_by_number(std::string_view number);

// For tests, the tour and README: {owner, agent, bank, unit, units, seized_unit, mortgaged_unit, shop_unit,
// unit_in_state (by the word of DemoState), persons …}.
boost::json::object demo_people_json();

}  // namespace tongban
