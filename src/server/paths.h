#pragma once
// Where the parts of one installation keep their files, under config.var_dir.

#include <filesystem>

#include "platform/config/config.h"

namespace tongban {

struct Paths {
    explicit Paths(const Config& config)
        : keys(std::filesystem::path(config.var_dir) / "keys"),
          authority(keys / "ca"),
          platform_key(keys / "platform.key"),
          objects_key(keys / "objects.key"),
          payment_secret(keys / "payment.secret"),
          liveness_secret(keys / "liveness.secret"),
          font_cache(std::filesystem::path(config.var_dir) / "cache" / "fonts")
    {
    }

    std::filesystem::path keys;             // 0700
    std::filesystem::path authority;        // the registries' keys and certificates, of the demo CA or a real one
    std::filesystem::path platform_key;     // of the vault
    std::filesystem::path objects_key;      // of the object store
    std::filesystem::path payment_secret;   // shared with the payment gateway
    std::filesystem::path liveness_secret;  // shared with the provider of liveness checks
    std::filesystem::path font_cache;
};

}  // namespace tongban
