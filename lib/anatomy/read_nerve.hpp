// The keys of [anatomy.nerve] that every anatomy shares: fascicles, perineurium, tissues; and the
// straight or listed course of the models without a spine.
#pragma once

#include "anatomy/nerve.hpp"
#include "anatomy/tissue.hpp"

#include <Eigen/Core>

#include <cstdint>
#include <string>

namespace foramen::config {
class Table;
}

namespace foramen::anatomy {

using Eigen::Vector3d;

// Three numbers; refuses anything else. `fallback` holds when the key is absent.
Vector3d read_vector(config::Table& table, const std::string& key, const Vector3d& fallback,
                     const std::string& doc);
Vector3d read_direction(config::Table& table, const std::string& key, const Vector3d& fallback,
                        const std::string& doc); // made unit; refuses zero
// Three lengths, required or with a default.
Vector3d read_point(config::Table& table, const std::string& key, const std::string& doc);
Vector3d read_point(config::Table& table, const std::string& key, const Vector3d& fallback,
                    const std::string& doc);
// [[key]] tables of `at`: at least two points.
std::vector<Vector3d> read_points(config::Table& table, const std::string& key,
                                  const std::string& doc);
// A name that must be in the library.
std::string read_tissue(config::Table& table, const std::string& key, const std::string& fallback,
                        const TissueLibrary& tissues, const std::string& doc);

// Course and diameter from [anatomy.nerve]: `points`, or straight along `direction` through the
// origin, which lies `foramen_position` from the proximal end. u points to `dorsal`.
Nerve read_free_course(config::Table& nerve, const Vector3d& default_direction);

// Adds endoneurium, epineurium and fascicles, by `fascicles.layout`: packed (seeded), listed or
// none.
void read_fascicles(config::Table& nerve_table, const TissueLibrary& tissues, std::uint64_t seed,
                    const std::string& default_layout, Nerve& nerve);

} // namespace foramen::anatomy
