// HDF5 identifiers that close themselves, and its error stack as one line. Private to this library,
// which alone sees hdf5.h.
#pragma once

#include <hdf5.h>

#include <string>
#include <utility>

namespace foramen::io {

class Hdf5Handle {
public:
  using Close = herr_t (*)(hid_t);
  Hdf5Handle() = default;
  Hdf5Handle(hid_t id, Close close) : id_(id), close_(close) {}
  ~Hdf5Handle() { reset(); }
  Hdf5Handle(Hdf5Handle&& other) noexcept
      : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}
  Hdf5Handle& operator=(Hdf5Handle&& other) noexcept {
    reset();
    id_ = std::exchange(other.id_, H5I_INVALID_HID);
    close_ = other.close_;
    return *this;
  }

  bool valid() const { return id_ >= 0; }
  operator hid_t() const { return id_; }
  void reset() {
    if (id_ >= 0)
      close_(id_);
    id_ = H5I_INVALID_HID;
  }

private:
  hid_t id_ = H5I_INVALID_HID;
  Close close_ = nullptr;
};

// Stops HDF5 from printing errors of its own; called before each use of the library.
void silence_hdf5();

// Why the last HDF5 call failed, innermost reason first; all levels joined by "; ".
std::string hdf5_reasons();

// WorldError at "path" or "path:dataset" from the error stack: cut off, damaged, or the reason as
// it is.
[[noreturn]] void refuse_hdf5(const std::string& path, const std::string& object,
                              const std::string& action);

} // namespace foramen::io
