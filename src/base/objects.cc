#include "base/objects.h"

namespace tongban {

Result<StoredObject> store_bytes(ObjectStore& store, std::string_view bytes)
{
    auto writer = TRY(store.create(bytes.size()));
    TRY(writer->write(bytes));
    return writer->commit();
}

}  // namespace tongban
