CREATE TABLE kunder (id INTEGER PRIMARY KEY, namn TEXT, personnr TEXT, epost TEXT, telefon TEXT, kundsedan TEXT);
INSERT INTO kunder VALUES (1, 'Anna Ekdahl', '19780412-2385', 'anna.ekdahl@example.se', '070-174 06 05', '2019-03-01');
INSERT INTO kunder VALUES (2, 'Bo Lindqvist', '900118-9811', 'bo.lindqvist@example.se', '070-174 06 06', '2021-05-17');
CREATE TABLE arenden (id INTEGER PRIMARY KEY, kund_id INTEGER REFERENCES kunder (id), rubrik TEXT);
INSERT INTO arenden VALUES (10, 1, 'Larmet tjuter, ring Anna Ekdahl'), (11, 2, 'Byt batteri');
