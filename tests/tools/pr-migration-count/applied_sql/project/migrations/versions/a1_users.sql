-- Who may log in.
CREATE TABLE users (
    id integer PRIMARY KEY,
    name text
);
