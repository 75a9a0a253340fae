#pragma once
// Who applies, as far as the rules over the register compare it with who is registered: keyed digests only, under the
// key of the registry that keeps the dossier.

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "modules/materials/core/dossier.h"

namespace tongban {

struct Applicants {
    std::vector<std::string> all;             // number digests of all parties that do not act for another
    std::vector<std::string> owners;          // … in roles that must be registered owners
    std::vector<std::string> target_holders;  // … in roles that must hold the entry named by `target`
    bool owners_asked = false;                // the item has such roles at all
    bool target_holders_asked = false;
    bool target_asked = false;             // the item has a field of kind entry
    std::string target;                    // its value: a certificate number
    std::vector<std::string> names = {};   // of `all`, in its order
    std::vector<std::string> former = {};  // of `all`: the digest of a number that was his before, or nothing
    std::string power_until = {};          // the day on which the first of the agents' powers ends; empty: none does
    std::string target_of;                 // mortgage, sale_notice, mortgage_notice, ownership, any
};
BOOST_DESCRIBE_STRUCT(Applicants, (),
                      (all, owners, target_holders, owners_asked, target_holders_asked, target_asked, target, names,
                       former, power_until, target_of))

Applicants applicants_of(const Dossier& dossier, const Item& item);

}  // namespace tongban
