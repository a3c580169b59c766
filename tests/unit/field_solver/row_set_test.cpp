#include "field/row_set.hpp"

#include <catch2/catch.hpp>

#include <set>

using foramen::field::RowSet;

TEST_CASE("a row set tells its members and where each stands", "[field]") {
  const std::size_t n = 300;
  const std::set<int> wanted{0, 1, 63, 64, 65, 127, 128, 200, 299};
  RowSet rows(n);
  for (const int row : wanted)
    for (int twice = 0; twice < 2; ++twice)
      rows.insert(static_cast<std::size_t>(row));
  rows.count();
  CHECK(rows.members() == std::vector<int>(wanted.begin(), wanted.end()));
  std::size_t before = 0;
  for (std::size_t row = 0; row < n; ++row) {
    CHECK(rows.place(row) == before);
    CHECK(rows.has(row) == wanted.contains(static_cast<int>(row)));
    before += rows.has(row) ? 1 : 0;
  }
  CHECK_FALSE(rows.has(1000));
  CHECK(RowSet().members().empty());
}
