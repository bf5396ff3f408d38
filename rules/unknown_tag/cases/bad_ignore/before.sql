CREATE TABLE orders (id integer PRIMARY KEY, fax text, telex text, pager text, skype text, icq text, msn text, aim text);
