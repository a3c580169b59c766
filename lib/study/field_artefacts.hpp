// Meshes and unit potentials as artefacts of the cache, and back. Doubles go and come to the bit.
#pragma once

#include "field/tet_mesh.hpp"
#include "field/unit_potentials.hpp"
#include "study/artefact.hpp"

namespace foramen::study {

// Without bent edges: of meshes that the program has made.
Artefact to_artefact(const field::TetMesh& mesh);
field::TetMesh mesh_of(const Artefact& artefact);

Artefact to_artefact(const field::UnitPotentials& potentials);
field::UnitPotentials potentials_of(const Artefact& artefact);

} // namespace foramen::study
