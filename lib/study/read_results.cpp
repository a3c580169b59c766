#include "study/read_results.hpp"

#include "core/error.hpp"
#include "core/provenance.hpp"
#include "io/hdf5_file.hpp"

namespace foramen::study {

StoredRun read_stored_run(const std::string& path) {
  const io::Hdf5Reader file(path);
  if (!file.has("/meta/table") || !file.has("/meta/configuration"))
    throw WorldError(path, "is not a result file of foramen run",
                     "name the results.h5 of a run, or merge a sweep's folder");
  StoredRun run{file.text("/meta/table"), file.text("/meta/configuration"), {}};
  for (const auto& item : core::provenance())
    if (file.has_attribute("/meta", item.first))
      run.provenance.emplace_back(item.first, file.attribute_text("/meta", item.first));
  return run;
}

} // namespace foramen::study
