#include "io/hdf5_handle.hpp"

#include "core/error.hpp"

namespace foramen::io {
namespace {

herr_t collect(unsigned, const H5E_error2_t* error, void* reasons) {
  auto& text = *static_cast<std::string*>(reasons);
  if (error->desc != nullptr && *error->desc != '\0')
    text += (text.empty() ? "" : "; ") + std::string(error->desc);
  return 0;
}

} // namespace

void silence_hdf5() {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

std::string hdf5_reasons() {
  std::string reasons;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, collect, &reasons);
  return reasons;
}

void refuse_hdf5(const std::string& path, const std::string& object, const std::string& action) {
  const std::string reasons = hdf5_reasons();
  const std::string place = object.empty() ? path : path + ":" + object;
  const auto says = [&](const char* word) { return reasons.find(word) != std::string::npos; };
  if (says("truncated file"))
    throw core::WorldError(place, "the file is cut off: half-written, or not copied whole",
                           "copy it again or delete it and run again");
  if (says("hecksum"))
    throw core::WorldError(place, "damaged bytes: the checksum does not fit",
                           "copy it again or delete it and run again; check the disk");
  const std::string innermost = reasons.substr(0, reasons.find("; "));
  throw core::WorldError(
      place,
      core::concat("cannot ", action, ": ", innermost.empty() ? "HDF5 gives no reason" : innermost),
      "the file may be damaged: copy it again or delete it and run again");
}

} // namespace foramen::io
