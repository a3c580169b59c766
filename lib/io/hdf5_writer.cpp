#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/file_seal.hpp"
#include "io/hdf5_file.hpp"
#include "io/hdf5_handle.hpp"
#include "io/superblock.hpp"

#include <hdf5_hl.h>

#include <algorithm>
#include <functional>
#include <numeric>

namespace foramen::io {
namespace {

constexpr std::size_t compact_limit = 60000;      // bytes that fit into an object header
constexpr std::size_t compress_from = 256 * 1024; // bytes
constexpr std::size_t memory_increment = 1 << 20; // bytes by which a file grows in memory
constexpr std::size_t chunk_size = 1024 * 1024;   // bytes, the size of HDF5's chunk cache

std::size_t count(const Shape& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

Hdf5Handle without_times(hid_t property_class) {
  Hdf5Handle list(H5Pcreate(property_class), H5Pclose);
  H5Pset_obj_track_times(list, false);
  return list;
}

Hdf5Handle text_type(std::size_t length) {
  Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type, length);
  H5Tset_cset(type, H5T_CSET_UTF8);
  H5Tset_strpad(type, length == H5T_VARIABLE ? H5T_STR_NULLTERM : H5T_STR_NULLPAD);
  return type;
}

Hdf5Handle space_of(const Shape& shape) {
  if (shape.empty())
    return {H5Screate(H5S_SCALAR), H5Sclose};
  const std::vector<hsize_t> sizes(shape.begin(), shape.end());
  return {H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr), H5Sclose};
}

// Arrays in chunks with checksums, large ones compressed; scalars in the object header, which has
// one.
Hdf5Handle layout_of(const Shape& shape, std::size_t element_size) {
  Hdf5Handle list = without_times(H5P_DATASET_CREATE);
  const std::size_t bytes = count(shape) * element_size;
  if (bytes == 0)
    return list;
  if (shape.empty()) {
    H5Pset_layout(list, bytes <= compact_limit ? H5D_COMPACT : H5D_CONTIGUOUS);
    return list;
  }
  std::vector<hsize_t> chunk(shape.begin(), shape.end());
  const std::size_t row = bytes / shape[0];
  chunk[0] = std::clamp<std::size_t>(chunk_size / row, 1, shape[0]);
  H5Pset_chunk(list, static_cast<int>(chunk.size()), chunk.data());
  if (bytes >= compress_from) {
    H5Pset_shuffle(list);
    H5Pset_deflate(list, 1);
  }
  H5Pset_fletcher32(list);
  return list;
}

std::string last_segment(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

} // namespace

struct Hdf5Writer::State {
  std::string path;
  Hdf5Handle file;
  bool committed = false;

  void make_groups(const std::string& object) {
    FORAMEN_EXPECT(!committed && object.starts_with('/'), "path ", object);
    for (std::size_t end = object.find('/', 1); end != std::string::npos;
         end = object.find('/', end + 1))
      make_group(object.substr(0, end));
  }
  void make_group(const std::string& group) {
    if (group != "/" && H5Lexists(file, group.c_str(), H5P_DEFAULT) <= 0) {
      const Hdf5Handle properties = without_times(H5P_GROUP_CREATE);
      const Hdf5Handle made(H5Gcreate2(file, group.c_str(), H5P_DEFAULT, properties, H5P_DEFAULT),
                            H5Gclose);
      if (!made.valid())
        refuse_hdf5(path, group, "make the group");
    }
  }

  void set_attribute(hid_t object, const std::string& name, hid_t type, const void* value) {
    if (H5Aexists(object, name.c_str()) > 0)
      H5Adelete(object, name.c_str());
    const Hdf5Handle scalar(H5Screate(H5S_SCALAR), H5Sclose);
    const Hdf5Handle attribute(
        H5Acreate2(object, name.c_str(), type, scalar, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
    if (!attribute.valid() || H5Awrite(attribute, type, value) < 0)
      refuse_hdf5(path, name, "write the attribute");
  }
  void set_attribute(hid_t object, const std::string& name, const std::string& value) {
    const char* text = value.c_str();
    set_attribute(object, name, text_type(H5T_VARIABLE), &text);
  }

  void attach_axes(hid_t dataset, const std::string& object, const Shape& shape, const Axes& axes) {
    FORAMEN_EXPECT(axes.empty() || axes.size() == shape.size(), "axes of ", object);
    for (std::size_t i = 0; i < axes.size(); ++i) {
      if (axes[i].empty())
        continue;
      FORAMEN_EXPECT(H5Lexists(file, axes[i].c_str(), H5P_DEFAULT) > 0, "axis ", axes[i], " of ",
                     object, " is not written yet");
      const Hdf5Handle scale(H5Dopen2(file, axes[i].c_str(), H5P_DEFAULT), H5Dclose);
      const Hdf5Handle space(H5Dget_space(scale), H5Sclose);
      FORAMEN_EXPECT(H5Sget_simple_extent_ndims(space) == 1 &&
                         H5Sget_simple_extent_npoints(space) == static_cast<hssize_t>(shape[i]),
                     "axis ", axes[i], " does not fit ", object);
      if (H5DSis_scale(scale) <= 0)
        H5DSset_scale(scale, last_segment(axes[i]).c_str());
      if (H5DSattach_scale(dataset, scale, static_cast<unsigned>(i)) < 0)
        refuse_hdf5(path, object, "attach the axis " + axes[i]);
      H5DSset_label(dataset, static_cast<unsigned>(i), last_segment(axes[i]).c_str());
    }
  }

  void write(const std::string& object, hid_t file_type, hid_t memory_type, const void* values,
             std::size_t n_values, const Shape& shape, const Label& label, const Axes& axes) {
    FORAMEN_EXPECT(n_values == count(shape), n_values, " values for the shape of ", object);
    FORAMEN_EXPECT(!label.units.empty() && !label.long_name.empty(), object,
                   " needs units (\"1\" for pure numbers) and a long name");
    make_groups(object);
    FORAMEN_EXPECT(H5Lexists(file, object.c_str(), H5P_DEFAULT) <= 0, object, " is written twice");
    const Hdf5Handle space = space_of(shape);
    const Hdf5Handle layout = layout_of(shape, H5Tget_size(file_type));
    const Hdf5Handle dataset(
        H5Dcreate2(file, object.c_str(), file_type, space, H5P_DEFAULT, layout, H5P_DEFAULT),
        H5Dclose);
    if (!dataset.valid() ||
        (n_values > 0 && H5Dwrite(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0))
      refuse_hdf5(path, object, "write");
    set_attribute(dataset, "units", label.units);
    set_attribute(dataset, "long_name", label.long_name);
    attach_axes(dataset, object, shape, axes);
  }
};

Hdf5Writer::Hdf5Writer(const std::string& path) : state_(std::make_unique<State>()) {
  silence_hdf5();
  state_->path = path;
  const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_fapl_core(access, memory_increment, false); // no file behind it
  H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110);
  const Hdf5Handle creation = without_times(H5P_FILE_CREATE);
  state_->file = {H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, access), H5Fclose};
  if (!state_->file.valid())
    refuse_hdf5(path, "", "make an HDF5 file in memory");
}

Hdf5Writer::~Hdf5Writer() = default;

void Hdf5Writer::write_doubles(const std::string& path, std::span<const double> values,
                               const Shape& shape, const Label& label, const Axes& axes) {
  state_->write(path, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, values.data(), values.size(), shape, label,
                axes);
}

void Hdf5Writer::write_integers(const std::string& path, std::span<const std::int64_t> values,
                                const Shape& shape, const Label& label, const Axes& axes) {
  state_->write(path, H5T_STD_I64LE, H5T_NATIVE_INT64, values.data(), values.size(), shape, label,
                axes);
}

void Hdf5Writer::write_integers(const std::string& path, std::span<const int> values,
                                const Shape& shape, const Label& label, const Axes& axes) {
  state_->write(path, H5T_STD_I32LE, H5T_NATIVE_INT, values.data(), values.size(), shape, label,
                axes);
}

void Hdf5Writer::write_texts(const std::string& path, std::span<const std::string> values,
                             const Shape& shape, const std::string& long_name, const Axes& axes) {
  std::size_t length = 1;
  for (const std::string& value : values)
    length = std::max(length, value.size());
  std::vector<char> packed(values.size() * length, '\0');
  for (std::size_t i = 0; i < values.size(); ++i)
    std::copy(values[i].begin(), values[i].end(),
              packed.begin() + static_cast<std::ptrdiff_t>(i * length));
  const Hdf5Handle type = text_type(length);
  state_->write(path, type, type, packed.data(), values.size(), shape, {"none", long_name}, axes);
}

void Hdf5Writer::write_enums(const std::string& path, std::span<const int> values,
                             const Shape& shape, const EnumNames& names,
                             const std::string& long_name, const Axes& axes) {
  const Hdf5Handle type(H5Tenum_create(H5T_STD_I32LE), H5Tclose);
  const Hdf5Handle memory_type(H5Tenum_create(H5T_NATIVE_INT), H5Tclose);
  for (const auto& [name, value] : names) {
    const auto little_endian = static_cast<std::int32_t>(value);
    H5Tenum_insert(type, name.c_str(), &little_endian);
    H5Tenum_insert(memory_type, name.c_str(), &value);
  }
  for (const int value : values)
    FORAMEN_EXPECT(std::any_of(names.begin(), names.end(),
                               [&](const auto& name) { return name.second == value; }),
                   value, " is no status of ", path);
  state_->write(path, type, memory_type, values.data(), values.size(), shape, {"none", long_name},
                axes);
}

void Hdf5Writer::write_number(const std::string& path, double value, const Label& label) {
  write_doubles(path, std::span(&value, 1), {}, label);
}

void Hdf5Writer::write_integer(const std::string& path, std::int64_t value, const Label& label) {
  write_integers(path, std::span<const std::int64_t>(&value, 1), {}, label);
}

void Hdf5Writer::write_text(const std::string& path, const std::string& value,
                            const std::string& long_name) {
  write_texts(path, std::span(&value, 1), {}, long_name);
}

void Hdf5Writer::attribute(const std::string& path, const std::string& name,
                           const std::string& value) {
  state_->make_groups(path);
  if (H5Lexists(state_->file, path.c_str(), H5P_DEFAULT) <= 0)
    state_->make_group(path);
  const Hdf5Handle object(H5Oopen(state_->file, path.c_str(), H5P_DEFAULT), H5Oclose);
  state_->set_attribute(object, name, value);
}

void Hdf5Writer::attribute(const std::string& path, const std::string& name, double value) {
  state_->make_groups(path);
  state_->make_group(path);
  const Hdf5Handle object(H5Oopen(state_->file, path.c_str(), H5P_DEFAULT), H5Oclose);
  state_->set_attribute(object, name, H5T_NATIVE_DOUBLE, &value);
}

void Hdf5Writer::attribute(const std::string& path, const std::string& name, std::int64_t value) {
  state_->make_groups(path);
  state_->make_group(path);
  const Hdf5Handle object(H5Oopen(state_->file, path.c_str(), H5P_DEFAULT), H5Oclose);
  state_->set_attribute(object, name, H5T_NATIVE_INT64, &value);
}

void Hdf5Writer::commit() {
  FORAMEN_EXPECT(!state_->committed, state_->path, " is committed twice");
  if (H5Fflush(state_->file, H5F_SCOPE_GLOBAL) < 0)
    refuse_hdf5(state_->path, "", "finish the file");
  const ssize_t size = H5Fget_file_image(state_->file, nullptr, 0);
  if (size < 0)
    refuse_hdf5(state_->path, "", "finish the file");
  std::vector<std::byte> image(static_cast<std::size_t>(size));
  if (H5Fget_file_image(state_->file, image.data(), image.size()) != size)
    refuse_hdf5(state_->path, "", "finish the file");
  state_->committed = true;
  state_->file.reset();
  renew_superblock_checksum(image);
  const std::vector<std::byte> seal = file_seal(image);
  image.insert(image.end(), seal.begin(), seal.end());
  write_file(state_->path, image);
}

} // namespace foramen::io
