#include "modules/catalog/core/item_json.h"

#include <boost/json.hpp>

namespace tongban {

namespace json = boost::json;

json::object field_json(const FormField& field)
{
    json::object out{
        {"key",      field.key          },
        {"label",    field.label        },
        {"kind",     to_text(field.kind)},
        {"required", field.required     }
    };
    if (!field.options.empty()) {
        json::array options;
        for (const auto& [word, name] : field.options) {
            options.push_back(json::object{
                {"value", word},
                {"text",  name}
            });
        }
        out["options"] = std::move(options);
    }
    if (!field.when.always()) out["when"] = field.when.to_json();
    if (!field.not_before.empty()) out["not_before"] = field.not_before;
    if (field.max != 0) out["max"] = field.max;
    if (!field.hint.empty()) out["hint"] = field.hint;
    if (!field.usual.empty()) out["usual"] = field.usual;
    if (!field.of.empty()) out["of"] = field.of;
    return out;
}

}  // namespace tongban
