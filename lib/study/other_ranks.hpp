// What the ranks other than the first do in a run: sleep until it meets a field that is not in the
// cache, take their share of that solve, and sleep again. Everything else (meshing, fibres,
// thresholds, files) is the first one's.
#pragma once

#include "field/adjoint_potentials.hpp"
#include "field/ranks.hpp"
#include "field/tet_mesh.hpp"
#include "study/study.hpp"

namespace foramen::study {

// Returns when the first rank has finished. An error in a solve is the first rank's to report.
void serve_first_rank(const field::Ranks& ranks, const Study& study);

// The first rank's side: wakes the others for the field of a mesh that it then shares, with those
// settings that a run may change (resolution, boundary, domain); all call solve_unit_potentials
// next.
void call_for_field(const field::Ranks& ranks, const Study& study, const field::TetMesh& mesh);
// The same for adjoint_potentials, with these options.
void call_for_adjoints(const field::Ranks& ranks, const Study& study, const field::TetMesh& mesh,
                       const std::vector<field::Goal>& goals);
field::SolverOptions adjoint_options();

// Lives as long as the first rank may call, and sends the others home at its end, also after an
// error.
class OtherRanks {
public:
  explicit OtherRanks(const field::Ranks& ranks) : ranks_(ranks) {}
  ~OtherRanks();
  OtherRanks(const OtherRanks&) = delete;
  OtherRanks& operator=(const OtherRanks&) = delete;

private:
  const field::Ranks& ranks_;
};

// For a rank that cannot serve: waits for the end, if no field is asked for before it; false if one
// is.
bool wait_unserving(const field::Ranks& ranks);

} // namespace foramen::study
