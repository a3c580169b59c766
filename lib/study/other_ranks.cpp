#include "study/other_ranks.hpp"

#include "core/error.hpp"
#include "study/stages.hpp"

namespace foramen::study {
namespace {

enum Call : int { finished = 0, field_wanted = 1 };

void share_settings(const field::Ranks& ranks, FieldSettings& settings) {
  std::vector<double> values{settings.refine, settings.coarser,
                             static_cast<double>(settings.boundary)};
  ranks.broadcast(values);
  settings.refine = values[0];
  settings.coarser = values[1];
  settings.boundary = static_cast<field::OuterBoundary>(values[2]);
}

} // namespace

void serve_first_rank(const field::Ranks& ranks, const Study& study) {
  while (ranks.wait_for_first() == field_wanted) {
    Study variant = study;
    share_settings(ranks, variant.field);
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

void call_for_field(const field::Ranks& ranks, const FieldSettings& settings,
                    const field::TetMesh& mesh) {
  if (!ranks.several())
    return;
  ranks.say(field_wanted);
  FieldSettings shared_settings = settings;
  share_settings(ranks, shared_settings);
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
