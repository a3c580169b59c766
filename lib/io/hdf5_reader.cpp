#include "core/error.hpp"
#include "io/file_seal.hpp"
#include "io/hdf5_file.hpp"
#include "io/hdf5_handle.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace foramen::io {
namespace {

using core::concat;

const char* class_name(H5T_class_t type_class) {
  switch (type_class) {
  case H5T_INTEGER:
    return "integers";
  case H5T_FLOAT:
    return "numbers";
  case H5T_STRING:
    return "texts";
  case H5T_ENUM:
    return "statuses";
  default:
    return "something else";
  }
}

void check_readable(const std::string& path) {
  std::error_code ignored;
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const int problem = file < 0 ? errno : std::filesystem::is_directory(path, ignored) ? EISDIR : 0;
  if (file >= 0)
    ::close(file);
  if (problem != 0)
    throw core::WorldError(path, concat("cannot be read: ", std::strerror(problem)),
                           "check the path and that you may read the file");
  if (std::filesystem::file_size(path, ignored) == 0)
    throw core::WorldError(path, "the file is empty: half-written, or not copied whole",
                           "copy it again or delete it and run again");
}

herr_t collect_name(hid_t, const char* name, const H5L_info_t*, void* names) {
  static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

} // namespace

struct Hdf5Reader::State {
  std::string path;
  Hdf5Handle file;

  bool has(const std::string& object) const {
    if (object == "/")
      return true;
    for (std::size_t end = object.find('/', 1);; end = object.find('/', end + 1)) {
      const htri_t exists = H5Lexists(file, object.substr(0, end).c_str(), H5P_DEFAULT);
      if (exists < 0)
        refuse_hdf5(path, object, "look it up");
      if (exists == 0)
        return false;
      if (end == std::string::npos)
        return true;
    }
  }

  Hdf5Handle open(const std::string& object) const {
    if (!has(object))
      throw core::WorldError(path, concat("the file has no ", object),
                             "it may come from another version of the programme or another kind "
                             "of study; run again to make it anew");
    Hdf5Handle handle(H5Oopen(file, object.c_str(), H5P_DEFAULT), H5Oclose);
    if (!handle.valid())
      refuse_hdf5(path, object, "open");
    return handle;
  }

  struct Dataset {
    Hdf5Handle handle, type;
    std::size_t size = 0;
  };

  Dataset dataset(const std::string& object, std::initializer_list<H5T_class_t> wanted) const {
    Dataset data;
    data.handle = open(object);
    if (H5Iget_type(data.handle) != H5I_DATASET)
      throw core::WorldError(path + ":" + object, "is a group, not a dataset",
                             "name one of its datasets");
    data.type = {H5Dget_type(data.handle), H5Tclose};
    const Hdf5Handle space(H5Dget_space(data.handle), H5Sclose);
    if (!data.type.valid() || !space.valid())
      refuse_hdf5(path, object, "read its type and shape");
    const H5T_class_t is = H5Tget_class(data.type);
    if (std::find(wanted.begin(), wanted.end(), is) == wanted.end())
      throw core::WorldError(
          path + ":" + object,
          concat("holds ", class_name(is), " where ", class_name(*wanted.begin()), " are needed"),
          "it may come from another version of the programme; run again to "
          "make it anew");
    data.size =
        static_cast<std::size_t>(std::max<hssize_t>(H5Sget_simple_extent_npoints(space), 0));
    return data;
  }

  template <class T>
  std::vector<T> read(const std::string& object, const Dataset& data, hid_t memory_type) const {
    std::vector<T> values(data.size);
    read_into(object, data, memory_type, values.data());
    return values;
  }

  void read_into(const std::string& object, const Dataset& data, hid_t memory_type,
                 void* values) const {
    if (data.size > 0 &&
        H5Dread(data.handle, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0)
      refuse_hdf5(path, object, "read");
  }

  Hdf5Handle attribute(const std::string& object, const std::string& name) const {
    const Hdf5Handle owner = open(object);
    if (H5Aexists(owner, name.c_str()) <= 0)
      throw core::WorldError(path + ":" + object, concat("has no attribute \"", name, "\""),
                             "it may come from another version of the programme; run again to "
                             "make it anew");
    Hdf5Handle handle(H5Aopen(owner, name.c_str(), H5P_DEFAULT), H5Aclose);
    if (!handle.valid())
      refuse_hdf5(path, object, "read the attribute " + name);
    return handle;
  }

  template <class T> T one(const std::string& object, const std::vector<T>& values) const {
    if (values.size() != 1)
      throw core::WorldError(path + ":" + object,
                             concat("has ", values.size(), " values where one is needed"),
                             "it may come from another version of the programme; run again to "
                             "make it anew");
    return values.front();
  }
};

Hdf5Reader::Hdf5Reader(const std::string& path) : state_(std::make_unique<State>()) {
  silence_hdf5();
  check_readable(path);
  state_->path = path;
  const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_file_locking(access, false, true); // cluster file systems often have no locks
  if (H5Fis_hdf5(path.c_str()) <= 0)
    throw core::WorldError(path, "is not an HDF5 file",
                           "give a file that foramen has written; if it is one, it is damaged: "
                           "copy it again or delete it and run again");
  if (check_seal(path) == Seal::broken)
    throw core::WorldError(path, "damaged bytes: the checksum does not fit",
                           "copy it again or delete it and run again; check the disk");
  state_->file = {H5Fopen(path.c_str(), H5F_ACC_RDONLY, access), H5Fclose};
  if (!state_->file.valid())
    refuse_hdf5(path, "", "open");
}

Hdf5Reader::~Hdf5Reader() = default;

bool Hdf5Reader::has(const std::string& path) const {
  return state_->has(path);
}

bool Hdf5Reader::has_attribute(const std::string& path, const std::string& name) const {
  return H5Aexists(state_->open(path), name.c_str()) > 0;
}

std::vector<std::string> Hdf5Reader::names(const std::string& group) const {
  const Hdf5Handle handle = state_->open(group);
  std::vector<std::string> names;
  if (H5Literate(handle, H5_INDEX_NAME, H5_ITER_INC, nullptr, collect_name, &names) < 0)
    refuse_hdf5(state_->path, group, "list its members");
  std::sort(names.begin(), names.end());
  return names;
}

Shape Hdf5Reader::shape(const std::string& path) const {
  const State::Dataset data = state_->dataset(path, {H5T_FLOAT, H5T_INTEGER, H5T_STRING, H5T_ENUM});
  const Hdf5Handle space(H5Dget_space(data.handle), H5Sclose);
  std::vector<hsize_t> sizes(
      static_cast<std::size_t>(std::max(H5Sget_simple_extent_ndims(space), 0)));
  H5Sget_simple_extent_dims(space, sizes.data(), nullptr);
  return {sizes.begin(), sizes.end()};
}

std::vector<double> Hdf5Reader::doubles(const std::string& path) const {
  const State::Dataset data = state_->dataset(path, {H5T_FLOAT, H5T_INTEGER});
  return state_->read<double>(path, data, H5T_NATIVE_DOUBLE);
}

std::vector<std::int64_t> Hdf5Reader::integers(const std::string& path) const {
  const State::Dataset data = state_->dataset(path, {H5T_INTEGER});
  return state_->read<std::int64_t>(path, data, H5T_NATIVE_INT64);
}

std::vector<int> Hdf5Reader::ints(const std::string& path) const {
  const State::Dataset data = state_->dataset(path, {H5T_INTEGER});
  return state_->read<int>(path, data, H5T_NATIVE_INT);
}

std::vector<std::string> Hdf5Reader::texts(const std::string& path) const {
  const State::Dataset data = state_->dataset(path, {H5T_STRING});
  if (H5Tis_variable_str(data.type) > 0)
    throw core::WorldError(state_->path + ":" + path, "holds texts of variable length",
                           "give a file that foramen has written");
  const std::size_t length = H5Tget_size(data.type);
  std::vector<char> packed(data.size * length);
  state_->read_into(path, data, data.type, packed.data());
  std::vector<std::string> values(data.size);
  for (std::size_t i = 0; i < data.size; ++i)
    values[i].assign(packed.data() + i * length, ::strnlen(packed.data() + i * length, length));
  return values;
}

std::vector<int> Hdf5Reader::enums(const std::string& path) const {
  const State::Dataset data = state_->dataset(path, {H5T_ENUM});
  const Hdf5Handle native(H5Tget_native_type(data.type, H5T_DIR_ASCEND), H5Tclose);
  if (H5Tget_size(native) != sizeof(int))
    throw core::WorldError(state_->path + ":" + path, "holds statuses of another size",
                           "give a file that foramen has written");
  return state_->read<int>(path, data, native);
}

EnumNames Hdf5Reader::enum_names(const std::string& path) const {
  const State::Dataset data = state_->dataset(path, {H5T_ENUM});
  const Hdf5Handle native(H5Tget_native_type(data.type, H5T_DIR_ASCEND), H5Tclose);
  EnumNames names;
  const int n = H5Tget_nmembers(native);
  for (int i = 0; i < n; ++i) {
    char* name = H5Tget_member_name(native, static_cast<unsigned>(i));
    int value = 0;
    H5Tget_member_value(native, static_cast<unsigned>(i), &value);
    names.emplace_back(name, value);
    H5free_memory(name);
  }
  return names;
}

double Hdf5Reader::number(const std::string& path) const {
  return state_->one(path, doubles(path));
}

std::int64_t Hdf5Reader::integer(const std::string& path) const {
  return state_->one(path, integers(path));
}

std::string Hdf5Reader::text(const std::string& path) const {
  return state_->one(path, texts(path));
}

std::string Hdf5Reader::attribute_text(const std::string& path, const std::string& name) const {
  const Hdf5Handle attribute = state_->attribute(path, name);
  const Hdf5Handle type(H5Aget_type(attribute), H5Tclose);
  if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) <= 0)
    throw core::WorldError(state_->path + ":" + path,
                           concat("attribute \"", name, "\" is not a text"),
                           "give a file that foramen has written");
  char* text = nullptr;
  if (H5Aread(attribute, type, &text) < 0)
    refuse_hdf5(state_->path, path, "read the attribute " + name);
  const std::string value = text == nullptr ? "" : text;
  H5free_memory(text);
  return value;
}

double Hdf5Reader::attribute_number(const std::string& path, const std::string& name) const {
  const Hdf5Handle attribute = state_->attribute(path, name);
  double value = 0.0;
  if (H5Aread(attribute, H5T_NATIVE_DOUBLE, &value) < 0)
    refuse_hdf5(state_->path, path, "read the attribute " + name);
  return value;
}

} // namespace foramen::io
