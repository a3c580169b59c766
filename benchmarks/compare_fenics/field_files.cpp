#include "field_files.hpp"

#include "core/error.hpp"

#include <array>
#include <cstdint>
#include <fstream>

namespace foramen::benchmarks {
namespace {

class BinaryFile {
public:
  explicit BinaryFile(const std::string& path) : path_(path), out_(path, std::ios::binary) {}
  void text(const std::string& s) { out_ << s; }
  template <class T> void put(const T* values, std::size_t n) {
    out_.write(reinterpret_cast<const char*>(values), static_cast<std::streamsize>(n * sizeof(T)));
  }
  template <class T, std::size_t n> void put(const std::array<T, n>& values) {
    put(values.data(), n);
  }
  void close() {
    out_.close();
    if (!out_)
      throw core::WorldError(path_, "it cannot be written", "check the path and the disk's room");
  }

private:
  std::string path_;
  std::ofstream out_;
};

struct GroupedFaces {
  std::vector<std::array<int, 6>> nodes;
  std::vector<int> group;
};

GroupedFaces grouped_faces(const field::Space& space, const GroupOfFace& of_face) {
  GroupedFaces faces;
  for (std::size_t f = 0; f < space.faces.size(); ++f)
    if (const int group = of_face(space.face_surface[f], space.face_patch[f]); group >= 0) {
      faces.nodes.push_back(space.faces[f]);
      faces.group.push_back(group);
    }
  return faces;
}

// One block of elements of one kind: number, physical group, geometric piece, nodes; all from 1.
template <std::size_t n>
void put_elements(BinaryFile& file, int gmsh_type, const std::vector<std::array<int, n>>& elements,
                  const std::array<std::size_t, n>& order, const std::vector<int>& group,
                  int first_group, int& number) {
  file.put(std::array<int, 3>{gmsh_type, static_cast<int>(elements.size()), 2});
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const int tag = first_group + group[i];
    file.put(std::array<int, 3>{++number, tag, tag});
    for (const std::size_t k : order) {
      const int node = elements[i][k] + 1;
      file.put(&node, 1);
    }
  }
}

} // namespace

void write_gmsh(const std::string& path, const field::Space& space, const Groups& groups) {
  BinaryFile file(path);
  const auto n_surfaces = static_cast<int>(groups.surfaces.size());
  file.text("$MeshFormat\n2.2 1 8\n");
  const int one = 1;
  file.put(&one, 1);
  file.text(core::concat("\n$EndMeshFormat\n$PhysicalNames\n",
                         groups.surfaces.size() + groups.volumes.size(), "\n"));
  for (std::size_t i = 0; i < groups.surfaces.size(); ++i)
    file.text(core::concat("2 ", i + 1, " \"", groups.surfaces[i], "\"\n"));
  for (std::size_t i = 0; i < groups.volumes.size(); ++i)
    file.text(core::concat("3 ", groups.surfaces.size() + i + 1, " \"", groups.volumes[i], "\"\n"));
  file.text(core::concat("$EndPhysicalNames\n$Nodes\n", space.nodes.size(), "\n"));
  for (std::size_t i = 0; i < space.nodes.size(); ++i) {
    const int number = static_cast<int>(i) + 1;
    const field::Vector3d millimetres = 1e3 * space.nodes[i];
    file.put(&number, 1);
    file.put(millimetres.data(), 3);
  }
  const GroupedFaces faces = grouped_faces(space, groups.of_face);
  file.text(
      core::concat("\n$EndNodes\n$Elements\n", faces.nodes.size() + space.elements.size(), "\n"));
  int number = 0;
  put_elements<6>(file, 9, faces.nodes, {0, 1, 2, 3, 4, 5}, faces.group, 1, number);
  // Gmsh's edges are 01 12 02 03 23 13.
  put_elements<10>(file, 11, space.elements, {0, 1, 2, 3, 4, 5, 6, 7, 9, 8}, space.region,
                   n_surfaces + 1, number);
  file.text("\n$EndElements\n");
  file.close();
}

void write_numbers(const std::string& path, const field::Space& space, const GroupOfFace& of_face) {
  const GroupedFaces faces = grouped_faces(space, of_face);
  BinaryFile file(path);
  file.put(std::array<std::int64_t, 3>{static_cast<std::int64_t>(space.nodes.size()),
                                       static_cast<std::int64_t>(space.elements.size()),
                                       static_cast<std::int64_t>(faces.nodes.size())});
  for (const field::Vector3d& p : space.nodes)
    file.put(p.data(), 3);
  for (const auto& element : space.elements)
    file.put(element);
  file.put(space.region.data(), space.region.size());
  for (const auto& face : faces.nodes)
    file.put(face);
  file.put(faces.group.data(), faces.group.size());
  file.close();
}

} // namespace foramen::benchmarks
