// Which thresholds a refinement is for.

#include "study/field_refinement.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace foramen::study;

TEST_CASE("a goal weighs fibres by their errors, and reported ones as much as all the others",
          "[study]") {
  const std::vector<double> errors = {0.1, 0.2, 0.0, 0.4};
  const FieldGoal goal = make_goal(2, 1, {0.1, {0}}, errors);
  CHECK(goal.programme == 2);
  CHECK(goal.population == 1);
  CHECK(goal.error == 0.1);
  REQUIRE(goal.weights.size() == 4);
  CHECK(std::abs(goal.weights[0]) == Approx(10.0 * std::sqrt(4.0)));
  CHECK(std::abs(goal.weights[1]) == Approx(5.0));
  CHECK(goal.weights[2] == 0.0); // nothing depolarises this fibre
  CHECK(std::abs(goal.weights[3]) == Approx(2.5));

  const FieldGoal many = make_goal(0, 0, {0.1, {0}}, std::vector<double>(400, 0.1));
  const auto up =
      std::count_if(many.weights.begin(), many.weights.end(), [](double w) { return w > 0.0; });
  CHECK(up == Approx(200).margin(4 * 10)); // signs at random: standard deviation 10
}

TEST_CASE("the largest errors are refined for, as many as are solved at once", "[study]") {
  std::vector<FieldGoal> goals;
  for (const double error : {0.3, 0.9, 0.46, 0.44, 0.7})
    goals.push_back({goals.size(), 0, error, {}});
  std::vector<FieldGoal> chosen = largest_goals(goals);
  REQUIRE(chosen.size() == 3);
  CHECK(chosen[0].programme == 1);
  CHECK(chosen[1].programme == 4);
  CHECK(chosen[2].programme == 2);
  goals.assign(20, {0, 0, 0.5, {}});
  CHECK(largest_goals(goals).size() == most_goals);
}
