#pragma once
// A service guide 服务指南: what a citizen has to know of an item at a registry (features.md D.2, policy 三(三)). It is
// made from the version of the item that the windows and the rules work with, so guide and check cannot disagree. Pure.

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/documents.h"
#include "modules/catalog/core/catalog.h"
#include "modules/catalog/core/differences.h"

namespace tongban {

struct GuideCondition {  // 受理条件
    std::string text;
    std::string source;
};

struct GuideMaterial {  // 申请材料
    std::string code;
    std::string title;
    std::string need;    // required, conditional, optional; exempt: nobody hands it in
    std::string when;    // of conditional ones, in words
    std::string forms;   // 原件或者电子
    std::string remark;  // with what replaces it
    bool surrendered = false;
};

struct GuideStep {  // 办理流程
    std::string title;
    std::string text;
};

struct GuideFee {  // 收费标准
    std::string name;
    std::string amount;  // 80.00 元
    std::string basis;
};

struct Guide {
    Registry registry;
    std::string item;
    std::string name;
    std::string version;
    std::string valid_from;
    bool on = false;
    bool own = false;  // the registry's own version, not the province's
    std::string summary;
    std::string legal_basis;
    std::string applicants;  // 抵押人、抵押权人共同申请；可以由代理人代办
    int promised_working_days = 0;
    std::vector<GuideCondition> conditions;
    std::vector<GuideMaterial> materials;
    std::vector<GuideStep> steps;
    std::string payer;
    std::vector<GuideFee> fees;  // empty: free of charge
    std::vector<GuideFee> reductions;
    std::string result;  // 不动产登记证明（抵押权）
    std::vector<Prohibition> prohibited;
    std::vector<AskedOften> asked_often;
    Contact contact;
    std::string previous_version;  // what the changes are counted from; empty: this is the first
    std::vector<Difference> changes;
};

// `previous`: the version this one took the place of, nullptr when there was none.
Guide guide_of(const Registry& registry, const Item& item, bool on, const Item* previous);

boost::json::object to_json(const Guide& guide);
// For the hall and for those who want it on paper. `url`: of the guide's page, for the QR code.
ServiceGuide printed_guide(const Guide& guide, const std::string& url, Millis at);

// Does what somebody typed mean this item? Every word must occur in code, name, summary or everyday words.
bool speaks_of(const Item& item, std::string_view typed);

}  // namespace tongban
