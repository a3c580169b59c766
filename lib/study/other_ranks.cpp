#include "study/other_ranks.hpp"

#include "core/error.hpp"
#include "study/stages.hpp"

namespace foramen::study {
namespace {

enum Call : int { finished = 0, field_wanted = 1 };

// What a run may change of its study.
void share_changes(const field::Ranks& ranks, Study& study) {
  std::vector<double> values{study.field.refine, study.field.coarser,
                             static_cast<double>(study.field.boundary),
                             study.anatomy.domain_radius};
  ranks.broadcast(values);
  study.field.refine = values[0];
  study.field.coarser = values[1];
  study.field.boundary = static_cast<field::OuterBoundary>(values[2]);
  study.anatomy.domain_radius = values[3];
}

} // namespace

void serve_first_rank(const field::Ranks& ranks, const Study& study) {
  while (ranks.wait_for_first() == field_wanted) {
    Study variant = study;
    share_changes(ranks, variant);
    field::TetMesh mesh;
    field::share_mesh(ranks, mesh);
    try {
      field::solve_unit_potentials(study_scene(variant), mesh,
                                   {.relative_tolerance = study.field.tolerance}, core::silent(),
                                   ranks);
    } catch (const core::Error&) { // the first rank has it too, and says it
    }
  }
}

void call_for_field(const field::Ranks& ranks, const Study& study, const field::TetMesh& mesh) {
  if (!ranks.several())
    return;
  ranks.say(field_wanted);
  Study changes = study;
  share_changes(ranks, changes);
  field::TetMesh shared = mesh;
  field::share_mesh(ranks, shared);
}

OtherRanks::~OtherRanks() {
  if (ranks_.first())
    ranks_.say(finished);
}

bool wait_unserving(const field::Ranks& ranks) {
  return ranks.wait_for_first() == finished;
}

} // namespace foramen::study
