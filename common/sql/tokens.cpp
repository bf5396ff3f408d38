#include "sql/tokens.hpp"

#include <algorithm>

#include <pg_query.h>

namespace gauger::sql {
namespace {

TokenKind kind_of(const PgQueryScanToken& token, std::string_view text) {
  switch (token.token) {
    case PG_QUERY_TOKEN_IDENT:
      return text.starts_with('"') ? TokenKind::identifier : TokenKind::word;
    case PG_QUERY_TOKEN_UIDENT:
      return TokenKind::identifier;
    case PG_QUERY_TOKEN_SCONST:
    case PG_QUERY_TOKEN_USCONST:
    case PG_QUERY_TOKEN_BCONST:
    case PG_QUERY_TOKEN_XCONST:
      return TokenKind::string;
    case PG_QUERY_TOKEN_ICONST:
    case PG_QUERY_TOKEN_FCONST:
      return TokenKind::number;
    case PG_QUERY_TOKEN_PARAM:
      return TokenKind::parameter;
    default:
      return token.keyword_kind == PG_QUERY_NO_KEYWORD ? TokenKind::symbol : TokenKind::word;
  }
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

Tokens::Tokens(const std::string& text) : text_(text) {
  const PgQueryScanTokensResult scan = pg_query_scan_tokens(text.c_str());
  tokens_.reserve(static_cast<std::size_t>(scan.n_tokens));
  for (int i = 0; i < scan.n_tokens; ++i) {
    const PgQueryScanToken& token = scan.tokens[i];
    if (token.token == PG_QUERY_TOKEN_SQL_COMMENT || token.token == PG_QUERY_TOKEN_C_COMMENT) {
      continue;
    }
    const base::Span span{static_cast<std::uint32_t>(token.start),
                          static_cast<std::uint32_t>(token.end)};
    tokens_.push_back({.span = span, .kind = kind_of(token, base::slice(text_, span))});
  }
  if (scan.error != nullptr) {
    failure_ = make_failure(scan.error->message, text, scan.error->cursorpos);
  }
  pg_query_free_scan_tokens_result(scan);
}

std::size_t Tokens::at(std::uint32_t offset) const {
  const auto found =
      std::lower_bound(tokens_.begin(), tokens_.end(), offset,
                       [](const Token& token, std::uint32_t o) { return token.span.begin < o; });
  return static_cast<std::size_t>(found - tokens_.begin());
}

bool Tokens::is_kind(std::size_t index, TokenKind kind) const {
  return index < tokens_.size() && tokens_[index].kind == kind;
}

bool Tokens::is_word(std::size_t index, std::string_view word) const {
  if (!is_kind(index, TokenKind::word) || tokens_[index].span.size() != word.size()) {
    return false;
  }
  return std::equal(word.begin(), word.end(), text(index).begin(),
                    [](char a, char b) { return a == lower(b); });
}

bool Tokens::is_symbol(std::size_t index, std::string_view symbol) const {
  return is_kind(index, TokenKind::symbol) && text(index) == symbol;
}

std::size_t Tokens::skip(std::size_t index, std::size_t end) const {
  std::size_t depth = 0;
  for (; index < end; ++index) {
    if (is_symbol(index, "(") || is_symbol(index, "[")) {
      ++depth;
    } else if (depth > 0 && (is_symbol(index, ")") || is_symbol(index, "]"))) {
      --depth;
    }
    if (depth == 0) {
      return index + 1;
    }
  }
  return end;
}

std::size_t Tokens::find_word(std::size_t first, std::size_t end, std::string_view word) const {
  while (first < end && !is_word(first, word)) {
    first = skip(first, end);
  }
  return std::min(first, end);
}

std::size_t Tokens::find_symbol(std::size_t first, std::size_t end, std::string_view symbol) const {
  while (first < end && !is_symbol(first, symbol)) {
    first = skip(first, end);
  }
  return std::min(first, end);
}

base::Span Tokens::span(std::size_t first, std::size_t end) const {
  end = std::min(end, tokens_.size());
  if (first >= end) {
    return {};
  }
  return {tokens_[first].span.begin, tokens_[end - 1].span.end};
}

std::string_view Tokens::slice(std::size_t first, std::size_t end) const {
  return base::slice(text_, span(first, end));
}

std::string_view Tokens::inside(std::size_t open, std::size_t end) const {
  const std::size_t after = skip(open, end);
  return after > open + 1 ? slice(open + 1, after - 1) : std::string_view();
}

}  // namespace gauger::sql
