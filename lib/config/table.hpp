// Reading a configuration: one call declares, reads, checks and documents a key.
//
//   Document document = Document::from_file("study.toml");
//   document.override_with("lead.clearance=2 mm");
//   Table lead = document.root().table("lead", "The lead and where it lies.");
//   const Length clearance = lead.quantity("clearance", 1.0 * mm, {.min = 0.1 * mm},
//                                          "Distance from the lead's surface to the epineurium.");
//   const std::string model = lead.required_text("model", "Name in configs/leads.");
//   document.finish(); // keys that nobody asked for are errors
//
// Values with a dimension are strings with a unit; a bare number there is an error that shows the
// fix. Every problem (unknown key, wrong type, missing unit, out of range, contradiction) is a
// ConfigError with file, line, caret, what was expected and the nearest valid name. Errors stop at
// the first; an unknown key is reported before missing ones, as it is often the cause.
//
// `resolved()` is the document with every key that was asked for, defaults filled in: it runs again
// as it is. `manual()` lists the declarations in the order made. A Table is a cheap handle that
// shares its Document, which must outlive it. Not thread-safe.
#pragma once

#include "core/quantity_text.hpp"
#include "core/units.hpp"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace foramen::config {

// Inclusive bounds of a value; open when left out.
template <class Q> struct Range {
  Q min = from(-std::numeric_limits<double>::infinity());
  Q max = from(std::numeric_limits<double>::infinity());

private:
  static constexpr Q from(double x) {
    if constexpr (requires { Q::from_si(x); })
      return Q::from_si(x);
    else if constexpr (std::numeric_limits<Q>::has_infinity)
      return static_cast<Q>(x);
    else
      return x < 0 ? std::numeric_limits<Q>::lowest() : std::numeric_limits<Q>::max();
  }
};

// One declared key, for the manual.
struct KeyEntry {
  std::string path;     // "lead.clearance"; an array of tables is "populations[].model"
  std::string type;     // "length", "text", "integer", "list of lengths", "one of a, b", ...
  std::string fallback; // the default as TOML text, empty when the key is required
  std::string range;    // "0.1 mm to 50 mm", or empty
  std::string doc;
};

class Document;

class Table {
public:
  // Dimensioned values. `fallback` is the default; the required_ form has none.
  template <int L, int M, int T, int I, int A_>
  Quantity<L, M, T, I, A_> quantity(const std::string& key, Quantity<L, M, T, I, A_> fallback,
                                    Range<Quantity<L, M, T, I, A_>> range, const std::string& doc) {
    using Q = Quantity<L, M, T, I, A_>;
    return Q::from_si(
        read_quantity(key, dimension_of(Q{}), fallback.si(), range.min.si(), range.max.si(), doc));
  }
  template <class Q>
  Q required_quantity(const std::string& key, Range<Q> range, const std::string& doc) {
    return Q::from_si(
        read_quantity(key, dimension_of(Q{}), std::nullopt, range.min.si(), range.max.si(), doc));
  }
  template <class Q>
  std::vector<Q> quantities(const std::string& key, const std::vector<Q>& fallback, Range<Q> range,
                            const std::string& doc) {
    std::vector<double> defaults;
    for (const Q& q : fallback)
      defaults.push_back(q.si());
    std::vector<Q> values;
    for (const double si :
         read_quantities(key, dimension_of(Q{}), defaults, range.min.si(), range.max.si(), doc))
      values.push_back(Q::from_si(si));
    return values;
  }

  double number(const std::string& key, double fallback, Range<double> range,
                const std::string& doc);
  std::vector<double> numbers(const std::string& key, const std::vector<double>& fallback,
                              Range<double> range, const std::string& doc);
  std::int64_t integer(const std::string& key, std::int64_t fallback, Range<std::int64_t> range,
                       const std::string& doc);
  std::vector<std::int64_t> integers(const std::string& key,
                                     const std::vector<std::int64_t>& fallback,
                                     Range<std::int64_t> range, const std::string& doc);
  bool flag(const std::string& key, bool fallback, const std::string& doc);
  std::string text(const std::string& key, const std::string& fallback, const std::string& doc);
  std::string required_text(const std::string& key, const std::string& doc);
  std::vector<std::string> texts(const std::string& key, const std::vector<std::string>& fallback,
                                 const std::string& doc);
  // One of `choices`; anything else is an error that names the nearest.
  std::string choice(const std::string& key, const std::string& fallback,
                     const std::vector<std::string>& choices, const std::string& doc);
  std::string required_choice(const std::string& key, const std::vector<std::string>& choices,
                              const std::string& doc);

  // Sub-table; an absent one reads as empty, so that its defaults hold.
  Table table(const std::string& key, const std::string& doc);
  // [[key]] array of tables; absent reads as empty.
  std::vector<Table> tables(const std::string& key, const std::string& doc);
  // Tables named by the user: [key.NAME]. In file order, with their names.
  std::vector<std::pair<std::string, Table>> named_tables(const std::string& key,
                                                          const std::string& doc);

  // The elements of a list of anything, each as TOML text that override_with takes as a value;
  // absent reads as empty. For [sweep] tables, whose keys name other keys.
  std::vector<std::string> toml_values(const std::string& key, const std::string& doc);

  bool has(const std::string& key) const;          // present in the file or an override
  std::vector<std::string> keys() const;           // present keys, in file order
  std::string path() const;                        // "lead" or "populations[1]"; "" at the root
  std::string place(const std::string& key) const; // "study.toml:12" of a key or this table

  // A ConfigError at `key` (at the table when empty): file, line, caret; for checks across keys,
  // unknown names in catalogues, and the like.
  [[noreturn]] void refuse(const std::string& key, const std::string& cause,
                           const std::string& remedy) const;
  // The same for a name not found in a catalogue: lists or suggests the nearest of `known`.
  [[noreturn]] void refuse_unknown(const std::string& key, const std::string& name,
                                   const std::string& kind,
                                   const std::vector<std::string>& known) const;

private:
  friend class Document;
  struct Node;
  explicit Table(std::shared_ptr<Node> node) : node_(std::move(node)) {}
  double read_quantity(const std::string& key, Dimension dimension, std::optional<double> fallback,
                       double min, double max, const std::string& doc);
  std::vector<double> read_quantities(const std::string& key, Dimension dimension,
                                      const std::vector<double>& fallback, double min, double max,
                                      const std::string& doc);
  std::shared_ptr<Node> node_;
};

class Document {
public:
  // Throw ConfigError for unreadable files (place: the path) and TOML syntax (place:
  // file:line:column).
  static Document from_file(const std::string& path);
  static Document from_text(const std::string& text, const std::string& name);
  ~Document();
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;

  // "a.b=value": value as TOML, or a bare string when it is not valid TOML ("lead.clearance=2 mm").
  // Array elements are addressed by number: "populations.0.count=50". Place of errors: "--set a.b".
  void override_with(const std::string& assignment);

  Table root();
  void finish() const;          // refuses the first key that nobody has asked for
  std::string resolved() const; // TOML text
  const std::vector<KeyEntry>& manual() const;
  const std::string& name() const;

private:
  struct State;
  explicit Document(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

// The name in `known` nearest to `name` by edit distance, if near enough to be a slip.
std::optional<std::string> nearest_name(const std::string& name,
                                        const std::vector<std::string>& known);

} // namespace foramen::config
