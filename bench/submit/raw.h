#pragma once
// The peer: the same rows through the C library alone, prepared statements, equally durable.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "submit/plan.h"

namespace tongban::bench {

// One connection, used by one thread.
class RawWriter {
public:
    virtual ~RawWriter() = default;
    // All of them in one transaction, durable when it returns.
    virtual void write(const std::vector<Submits::Submit>& submits) = 0;
};

std::unique_ptr<RawWriter> raw_sqlite(const std::string& path);
std::unique_ptr<RawWriter> raw_postgres(const std::string& conninfo);

}  // namespace tongban::bench
