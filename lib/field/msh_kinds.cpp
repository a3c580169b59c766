#include "field/msh_kinds.hpp"

#include <algorithm>
#include <array>

namespace foramen::field {
namespace {

constexpr std::array<MshKind, 33> kinds = {{
    {1, 1, 2, "Line 2"},           {2, 2, 3, "Triangle 3"},       {3, 2, 4, "Quadrilateral 4"},
    {4, 3, 4, "Tetrahedron 4"},    {5, 3, 8, "Hexahedron 8"},     {6, 3, 6, "Prism 6"},
    {7, 3, 5, "Pyramid 5"},        {8, 1, 3, "Line 3"},           {9, 2, 6, "Triangle 6"},
    {10, 2, 9, "Quadrilateral 9"}, {11, 3, 10, "Tetrahedron 10"}, {12, 3, 27, "Hexahedron 27"},
    {13, 3, 18, "Prism 18"},       {14, 3, 14, "Pyramid 14"},     {15, 0, 1, "Point"},
    {16, 2, 8, "Quadrilateral 8"}, {17, 3, 20, "Hexahedron 20"},  {18, 3, 15, "Prism 15"},
    {19, 3, 13, "Pyramid 13"},     {20, 2, 9, "Triangle 9"},      {21, 2, 10, "Triangle 10"},
    {22, 2, 12, "Triangle 12"},    {23, 2, 15, "Triangle 15"},    {24, 2, 15, "Triangle 15I"},
    {25, 2, 21, "Triangle 21"},    {26, 1, 4, "Line 4"},          {27, 1, 5, "Line 5"},
    {28, 1, 6, "Line 6"},          {29, 3, 20, "Tetrahedron 20"}, {30, 3, 35, "Tetrahedron 35"},
    {31, 3, 56, "Tetrahedron 56"}, {92, 3, 64, "Hexahedron 64"},  {93, 3, 125, "Hexahedron 125"},
}};

} // namespace

const MshKind* find_msh_kind(std::int64_t type) {
  const auto it = std::lower_bound(kinds.begin(), kinds.end(), type,
                                   [](const MshKind& k, std::int64_t t) { return k.type < t; });
  return it != kinds.end() && it->type == type ? &*it : nullptr;
}

} // namespace foramen::field
