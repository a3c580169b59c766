// Meshes as a user makes them: Gmsh's own geometry, order and file formats.
#pragma once

#include <gmsh.h>

#include <string>

namespace foramen::test {

struct MshFormat {
  double version = 4.1;
  bool binary = false;
};

class GmshSession {
public:
  GmshSession() {
    gmsh::initialize();
    set("General.Terminal", 0);
    set("General.NumThreads", 1);
    set("Mesh.MeshSizeExtendFromBoundary", 0);
    set("Mesh.MeshSizeFromPoints", 0);
  }
  ~GmshSession() { gmsh::finalize(); }
  GmshSession(const GmshSession&) = delete;
  GmshSession& operator=(const GmshSession&) = delete;

  static void set(const char* option, double value) { gmsh::option::setNumber(option, value); }
  void size(const std::string& formula) const {
    const int field = gmsh::model::mesh::field::add("MathEval");
    gmsh::model::mesh::field::setString(field, "F", formula);
    gmsh::model::mesh::field::setAsBackgroundMesh(field);
  }
  void group(int dimension, const std::vector<int>& entities, const std::string& name) const {
    const int tag = gmsh::model::addPhysicalGroup(dimension, entities);
    gmsh::model::setPhysicalName(dimension, tag, name);
  }
  void mesh(int order) const {
    gmsh::model::mesh::generate(3);
    gmsh::model::mesh::setOrder(order);
  }
  void write(const std::string& path, const MshFormat& format = {}) const {
    set("Mesh.MshFileVersion", format.version);
    set("Mesh.Binary", format.binary ? 1 : 0);
    gmsh::write(path);
  }
};

} // namespace foramen::test
