// A history as a picture, for people. Ids, labels and messages are escaped for their medium.
#pragma once

#include <string>

#include "history/graph.hpp"
#include "history/history.hpp"

namespace gauger::history {

// The revisions at most `steps` away from one of them, each step to a down revision or a child.
[[nodiscard]] RevisionSet neighbourhood(const History& history, Index centre, std::size_t steps);

// One line for each revision that is `shown`, newest first, with the lines of descent in ASCII:
//
//   *    d4 (head) 2024-05-04 merge the two
//   |-.
//   | *  c3 2024-05-03 add orders
//   * |  b2 2024-05-02 add users
//   |-'
//   *    a1 (base) 2024-05-01 first
[[nodiscard]] std::string draw_text(const History& history, const RevisionSet& shown);

// A Mermaid flowchart, bases at the bottom; `depends_on` as dotted arrows. GitHub renders up to
// 50,000 characters of one.
[[nodiscard]] std::string draw_mermaid(const History& history, const RevisionSet& shown);

}  // namespace gauger::history
